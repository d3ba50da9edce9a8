/* doctor.h - privet doctor: proves integrity. The result is a word_exit. */
#ifndef CLI_DOCTOR_H
#define CLI_DOCTOR_H

#include "cli/word.h"

int doctor_run(const struct word_line *line);

#endif
