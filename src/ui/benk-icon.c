/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program's own icons, drawn in the colour of the text around them. They do not come
 * by their names: a folder added to those of the icon theme makes GTK read the whole
 * theme once more, before the first frame. */

#include "benk-icon.h"

struct _BenkIcon
{
  GObject parent_instance;

  GdkTexture *texture; /* its opacity counts, its colour does not */
  int size;            /* in pixels of CSS */
};

static void
benk_icon_snapshot_symbolic (GtkSymbolicPaintable *paintable,
                             GdkSnapshot *snapshot,
                             double width,
                             double height,
                             const GdkRGBA *colors,
                             gsize n_colors)
{
  const GdkRGBA *color = &colors[GTK_SYMBOLIC_COLOR_FOREGROUND];
  const float only_alpha[16] = { [15] = color->alpha };
  graphene_matrix_t matrix;
  graphene_vec4_t offset;

  graphene_matrix_init_from_float (&matrix, only_alpha);
  graphene_vec4_init (&offset, color->red, color->green, color->blue, 0);
  gtk_snapshot_push_color_matrix (GTK_SNAPSHOT (snapshot), &matrix, &offset);
  gdk_paintable_snapshot (GDK_PAINTABLE (BENK_ICON (paintable)->texture), snapshot, width,
                          height);
  gtk_snapshot_pop (GTK_SNAPSHOT (snapshot));
}

static void
benk_icon_snapshot (GdkPaintable *paintable,
                    GdkSnapshot *snapshot,
                    double width,
                    double height)
{
  gdk_paintable_snapshot (GDK_PAINTABLE (BENK_ICON (paintable)->texture), snapshot, width,
                          height);
}

static int
benk_icon_get_size (GdkPaintable *paintable)
{
  return BENK_ICON (paintable)->size;
}

static GdkPaintableFlags
benk_icon_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_SIZE | GDK_PAINTABLE_STATIC_CONTENTS;
}

static void
init_paintable (GdkPaintableInterface *iface)
{
  iface->snapshot = benk_icon_snapshot;
  iface->get_flags = benk_icon_get_flags;
  iface->get_intrinsic_width = benk_icon_get_size;
  iface->get_intrinsic_height = benk_icon_get_size;
}

static void
init_symbolic (GtkSymbolicPaintableInterface *iface)
{
  iface->snapshot_symbolic = benk_icon_snapshot_symbolic;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BenkIcon,
                               benk_icon,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, init_paintable)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_SYMBOLIC_PAINTABLE,
                                                        init_symbolic))

static void
benk_icon_finalize (GObject *object)
{
  g_clear_object (&BENK_ICON (object)->texture);
  G_OBJECT_CLASS (benk_icon_parent_class)->finalize (object);
}

static void
benk_icon_class_init (BenkIconClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_icon_finalize;
}

static void
benk_icon_init (BenkIcon *self)
{
}

/* The file has twice as many pixels, so that it is sharp on a fine screen as well. */
static GdkPaintable *
new_icon (const char *name, int size)
{
  g_autofree char *path =
    g_strdup_printf ("/no/dosebenk/Dosebenk/icons/%d/%s.png", 2 * size, name);
  BenkIcon *self = g_object_new (BENK_TYPE_ICON, NULL);

  self->texture = gdk_texture_new_from_resource (path);
  self->size = size;
  return GDK_PAINTABLE (self);
}

/**
 * benk_icon_image_new:
 * @name: one of the program's own icons: "alarms", "bench", "devices", or "returns"
 *
 * Returns: (transfer floating): the icon at the size of a row
 */
GtkWidget *
benk_icon_image_new (const char *name)
{
  g_autoptr (GdkPaintable) icon = new_icon (name, 16);

  return gtk_image_new_from_paintable (icon);
}

/**
 * benk_icon_show_on:
 * @page: a page that has nothing to show
 * @name: one of the program's own icons, as in benk_icon_image_new()
 *
 * Shows the icon above the page's title.
 */
void
benk_icon_show_on (AdwStatusPage *page, const char *name)
{
  g_autoptr (GdkPaintable) icon = new_icon (name, 128);

  adw_status_page_set_paintable (page, icon);
}
