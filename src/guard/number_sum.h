/* number_sum.h - check digits that more than one kind of number uses. All take ASCII digits (and upper-case letters where said). */
#ifndef GUARD_NUMBER_SUM_H
#define GUARD_NUMBER_SUM_H

#include "base/str.h"

/* number_sum_luhn - ISO/IEC 7812-1 annex B. */
bool number_sum_luhn(const char *s, size_t len);
/* number_sum_verhoeff - Verhoeff 1969; the last digit is the check digit. */
bool number_sum_verhoeff(const char *s, size_t len);
/* number_sum_mod97 - the rest of dividing by 97, letters as two digits (A = 10): ISO 7064 mod 97-10. */
unsigned number_sum_mod97(const char *s, size_t len);
/* number_sum_hybrid - ISO 7064 mod 11,10 over digits. */
bool number_sum_hybrid(const char *s, size_t len);
/* number_sum_icao - ICAO 9303 part 3, 7-3-1 over digits and letters; the last digit is the check digit. */
bool number_sum_icao(const char *s, size_t len);
/* number_sum_weigh - sum of value times weight, modulo; letters count from A = 10. */
unsigned number_sum_weigh(const char *s, size_t len, const int8_t *weights, unsigned modulus);
/* number_sum_value - 0..9, A = 10 .. Z = 35. */
unsigned number_sum_value(char c);
/* number_sum_part - digits at, at+1 … as one number. */
unsigned long number_sum_part(const char *s, size_t at, size_t len);
/* number_sum_is_date - two digits each of year, month, day at those places; months above 12 are taken less the century marks that
 * several registers add (20, 40, 50, 60, 80) when `marked`. */
bool number_sum_is_date(const char *s, size_t year, size_t month, size_t day, bool marked);

#endif
