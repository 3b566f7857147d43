/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-shot.h"

static gboolean
on_timeout (gpointer user_data)
{
  gboolean *late = user_data;

  *late = TRUE;
  return G_SOURCE_REMOVE;
}

/**
 * benk_shot_wait:
 * @condition: what is waited for
 * @user_data: handed to @condition
 * @seconds: how long at the most
 *
 * Runs the main context until @condition holds.
 *
 * Returns: whether it holds
 */
gboolean
benk_shot_wait (BenkShotCondition condition, gpointer user_data, int seconds)
{
  gboolean late = FALSE;
  guint timeout = g_timeout_add_seconds ((guint) seconds, on_timeout, &late);

  while (!late && !condition (user_data))
    g_main_context_iteration (NULL, TRUE);
  if (!late)
    g_source_remove (timeout);
  return !late;
}

static void
count_frame (GdkFrameClock *frame_clock, int *frames)
{
  *frames += 1;
}

static gboolean
has_frames (gpointer user_data)
{
  return *(int *) user_data >= 3;
}

/**
 * benk_shot_settle:
 * @widget: a widget of a shown window
 *
 * Lets layout and styles come to rest: three frames, and nothing waiting behind them.
 */
void
benk_shot_settle (GtkWidget *widget)
{
  GdkFrameClock *frame_clock = gtk_widget_get_frame_clock (widget);
  int frames = 0;
  gulong handler =
    g_signal_connect (frame_clock, "after-paint", G_CALLBACK (count_frame), &frames);

  gdk_frame_clock_begin_updating (frame_clock);
  benk_shot_wait (has_frames, &frames, 5);
  gdk_frame_clock_end_updating (frame_clock);
  g_signal_handler_disconnect (frame_clock, handler);
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}

/* A widget that waits for its place draws nothing; then it gets another few frames. */
static GskRenderNode *
draw (GtkWidget *widget)
{
  GskRenderNode *node = NULL;

  for (int attempt = 0; !node && attempt < 10; attempt++)
    {
      g_autoptr (GdkPaintable) paintable = NULL;
      GtkSnapshot *snapshot = gtk_snapshot_new ();

      benk_shot_settle (widget);
      paintable = gtk_widget_paintable_new (widget);
      gdk_paintable_snapshot (paintable, snapshot,
                              gdk_paintable_get_intrinsic_width (paintable),
                              gdk_paintable_get_intrinsic_height (paintable));
      node = gtk_snapshot_free_to_node (snapshot);
    }
  return node;
}

/**
 * benk_shot_save:
 * @widget: a widget of a shown window
 * @path: the PNG to write
 * @error: why it could not be written
 *
 * Draws @widget as it is shown into a PNG.
 *
 * Returns: whether the picture was written
 */
gboolean
benk_shot_save (GtkWidget *widget, const char *path, GError **error)
{
  GtkNative *native = gtk_widget_get_native (widget);
  g_autoptr (GskRenderNode) node = draw (widget);
  g_autoptr (GdkTexture) texture = NULL;

  if (!node)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "nothing is drawn for %s", path);
      return FALSE;
    }
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (native), node, NULL);
  if (!gdk_texture_save_to_png (texture, path))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s cannot be written", path);
      return FALSE;
    }
  return TRUE;
}
