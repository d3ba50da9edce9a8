/* cell.h - a value as a cell of a CSV file that no spreadsheet takes for a formula.
 *
 * From: OWASP, CSV Injection. A cell that begins with = + - @ (or their full-width forms), blanks before it or not, is run by one program or
 * another; an apostrophe before it makes it text. A number with a sign stays one.
 */
#ifndef GUARD_CELL_H
#define GUARD_CELL_H

#include "base/str.h"

/* cell_is_formula - `text` is the value without its quotes. Cost: its beginning. */
bool cell_is_formula(str text);
#define CELL_GUARD '\''

#endif
