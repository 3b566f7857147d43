/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-plan-file.h"

G_BEGIN_DECLS

#define BENK_PLAN_FILE_FORMAT 1

/* Names of bits in the order of the bits, ended by NULL. */
extern const char *const benk_plan_file_weekdays[];
extern const char *const benk_plan_file_periods[];
extern const char *const benk_plan_file_parts[];

G_END_DECLS
