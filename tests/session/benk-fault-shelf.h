/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-job-bench.h"

G_BEGIN_DECLS

#define TEST_OLD_SET 0x01d00001
#define TEST_NEW_SET 0x0e300002

/* Everything of a dispenser's memory that a job may change, as its file holds it. */
typedef struct
{
  guint32 set_id;
  GBytes *tables[3];
  guint n_doses;
  guint32 wipe_counter;
  guint16 not_blank;
  char *settings; /* zone, language and volume */
} TestImage;

void test_image_read (TestImage *self, const char *path);
void test_image_clear (TestImage *self);
gboolean test_image_same_plan (const TestImage *one, const TestImage *other);
gboolean test_image_equal (const TestImage *one, const TestImage *other);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestImage, test_image_clear)

/* Two makes of dispensers in a folder, each blank or with an old plan and a dose log. */
typedef struct
{
  char *dir;
  char *paths[2];
  char *texts[2][2]; /* state file: make, then blank or used */
  TestImage blank[2];
  TestImage used[2];
  TestImage wanted[2];
} TestShelf;

extern const char *const test_shelf_models[2];

/* A plan with every setting. */
BenkPlan *test_shelf_plan_new (guint n_doses);
void test_shelf_init (TestShelf *self);
void test_shelf_clear (TestShelf *self);
void test_shelf_put_back (TestShelf *self, guint make, gboolean used);

G_END_DECLS
