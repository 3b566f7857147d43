/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-report-list.h"

struct _BenkReportItem
{
  GObject parent_instance;

  BenkFollowupReport *report;
  const BenkFollowupRow *row; /* of @report */
};

G_DEFINE_FINAL_TYPE (BenkReportItem, benk_report_item, G_TYPE_OBJECT)

struct _BenkReportList
{
  GObject parent_instance;

  BenkFollowupReport *report;
  GPtrArray *rows; /* (element-type BenkFollowupRow): of @report */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BenkReportList,
                               benk_report_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
benk_report_item_finalize (GObject *object)
{
  benk_followup_report_unref (BENK_REPORT_ITEM (object)->report);
  G_OBJECT_CLASS (benk_report_item_parent_class)->finalize (object);
}

static void
benk_report_item_class_init (BenkReportItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_report_item_finalize;
}

static void
benk_report_item_init (BenkReportItem *self)
{
}

static GType
benk_report_list_get_item_type (GListModel *model)
{
  return BENK_TYPE_REPORT_ITEM;
}

static guint
benk_report_list_get_n_items (GListModel *model)
{
  return BENK_REPORT_LIST (model)->rows->len;
}

static gpointer
benk_report_list_get_item (GListModel *model, guint position)
{
  BenkReportList *self = BENK_REPORT_LIST (model);
  BenkReportItem *item;

  if (position >= self->rows->len)
    return NULL;
  item = g_object_new (BENK_TYPE_REPORT_ITEM, NULL);
  item->report = benk_followup_report_ref (self->report);
  item->row = g_ptr_array_index (self->rows, position);
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = benk_report_list_get_item_type;
  iface->get_n_items = benk_report_list_get_n_items;
  iface->get_item = benk_report_list_get_item;
}

static void
benk_report_list_finalize (GObject *object)
{
  BenkReportList *self = BENK_REPORT_LIST (object);

  g_ptr_array_unref (self->rows);
  benk_followup_report_unref (self->report);
  G_OBJECT_CLASS (benk_report_list_parent_class)->finalize (object);
}

static void
benk_report_list_class_init (BenkReportListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_report_list_finalize;
}

static void
benk_report_list_init (BenkReportList *self)
{
}

/**
 * benk_report_item_get_row:
 * @self: an alarm of a report
 *
 * Returns: (transfer none): what the report tells of it
 */
const BenkFollowupRow *
benk_report_item_get_row (BenkReportItem *self)
{
  return self->row;
}

/**
 * benk_report_list_new:
 * @report: a report, which is not changed any more
 * @slice: which of its alarms
 *
 * Returns: (transfer full): a list of them
 */
BenkReportList *
benk_report_list_new (BenkFollowupReport *report, const BenkFollowupSlice *slice)
{
  BenkReportList *self = g_object_new (BENK_TYPE_REPORT_LIST, NULL);

  self->report = benk_followup_report_ref (report);
  self->rows = g_ptr_array_new ();
  for (guint i = 0; i < report->rows->len; i++)
    if (benk_followup_slice_has (slice, g_ptr_array_index (report->rows, i)))
      g_ptr_array_add (self->rows, g_ptr_array_index (report->rows, i));
  return self;
}
