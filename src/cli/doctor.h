/* doctor.h - privet doctor: proves integrity. Arguments are those after the word; the result is a word_exit. */
#ifndef CLI_DOCTOR_H
#define CLI_DOCTOR_H

int doctor_run(int count, char **arguments);

#endif
