/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-screen.h"

#include <string.h>
#include <unistd.h>
#include <gio/gunixinputstream.h>

/* A frame that comes later than so many microseconds after the last one is seen. */
#define LATE_US 25000
/* How long the screen is left alone after a result, so that nothing of it is still under
 * way when the next key comes. */
#define CALM_MS 250
/* A measurement that hangs is none. */
#define PATIENCE_S 120

struct _BenkBenchScreen
{
  GtkWindow *window;
  GtkWidget *view;
  BenkBenchShown on_shown;
  gpointer user_data;

  gboolean shown;
  gboolean awaiting; /* a new result, to be painted */
  guint n_rows;
  gint64 key_us; /* 0: none was pressed */
  guint calm;

  gboolean scrolling;
  guint n_frames;
  guint n_late;
  gint64 last_us;
};

static void say (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
say (const char *format, ...)
{
  va_list list;
  g_autofree char *line = NULL;

  va_start (list, format);
  line = g_strdup_vprintf (format, list);
  va_end (list);
  g_print ("%s\n", line);
}

/* Whether a row with words stands on the screen. */
static gboolean
has_words (GtkWidget *widget)
{
  if (GTK_IS_INSCRIPTION (widget))
    {
      const char *text = gtk_inscription_get_text (GTK_INSCRIPTION (widget));

      return text != NULL && *text != '\0' && gtk_widget_get_mapped (widget);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_words (child))
      return TRUE;

  return FALSE;
}

/* What is found, whether the view has been given all of it or not. */
static guint
count_found (BenkBenchScreen *self)
{
  GtkSelectionModel *selection =
    self->view != NULL ? gtk_column_view_get_model (GTK_COLUMN_VIEW (self->view)) : NULL;
  GListModel *model = selection != NULL
                        ? gtk_multi_selection_get_model (GTK_MULTI_SELECTION (selection))
                        : NULL;

  if (GTK_IS_SLICE_LIST_MODEL (model))
    model = gtk_slice_list_model_get_model (GTK_SLICE_LIST_MODEL (model));
  return model != NULL ? g_list_model_get_n_items (model) : 0;
}

static gboolean
say_calm (gpointer user_data)
{
  BenkBenchScreen *self = user_data;

  self->calm = 0;
  say ("calm %u", count_found (self));
  return G_SOURCE_REMOVE;
}

static void
on_rows_painted (BenkBenchScreen *self, gint64 now)
{
  if (self->n_rows > 0 && !has_words (self->view))
    return;
  self->awaiting = FALSE;
  if (self->key_us > 0)
    say ("key %" G_GINT64_FORMAT, now - self->key_us);
  else
    say ("rows %" G_GINT64_FORMAT, now);
  self->key_us = 0;
  /* The whole list may follow its first rows. */
  g_clear_handle_id (&self->calm, g_source_remove);
  self->calm = g_timeout_add (CALM_MS, say_calm, self);
}

static void
on_after_paint (BenkBenchScreen *self)
{
  gint64 now = g_get_monotonic_time ();

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->window)))
    return;
  if (!self->shown)
    {
      self->shown = TRUE;
      say ("shown %" G_GINT64_FORMAT, now);
      if (self->on_shown != NULL)
        self->on_shown (self->user_data);
      if (self->view == NULL)
        self->calm = g_timeout_add (CALM_MS, say_calm, self);
    }
  if (self->awaiting)
    on_rows_painted (self, now);
  if (!self->scrolling)
    return;
  self->n_frames++;
  self->n_late += self->last_us > 0 && now - self->last_us > LATE_US;
  self->last_us = now;
}

static void
on_realize (BenkBenchScreen *self)
{
  g_signal_connect_swapped (gtk_widget_get_frame_clock (GTK_WIDGET (self->window)),
                            "after-paint", G_CALLBACK (on_after_paint), self);
}

static gboolean
on_key (BenkBenchScreen *self,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        GtkEventControllerKey *keys)
{
  guint32 time =
    gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (keys));
  gint64 now = g_get_monotonic_time ();
  guint32 ago_ms = (guint32) (now / 1000) - time;

  /* The display server's milliseconds are those of the same clock; a key that waited for
   * the program waits for its frame as well. */
  self->key_us = now - (ago_ms < 10000 ? ago_ms * 1000 : 0);
  return GDK_EVENT_PROPAGATE;
}

static void
say_memory (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL) ||
      (line = strstr (text, "\nRss:")) == NULL)
    g_error ("the kernel does not tell the memory");
  say ("memory %" G_GINT64_FORMAT, g_ascii_strtoll (line + strlen ("\nRss:"), NULL, 10));
}

/* Where the pointer must be to turn its wheel over the rows. */
static void
say_place (BenkBenchScreen *self)
{
  GtkWidget *scrolled = gtk_widget_get_parent (self->view);
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (scrolled, GTK_WIDGET (self->window), &bounds))
    g_error ("the list stands nowhere");
  say ("place %d %d %d %d", (int) bounds.origin.x, (int) bounds.origin.y,
       (int) bounds.size.width, (int) bounds.size.height);
}

static void
set_scrolling (BenkBenchScreen *self, gboolean scrolling)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));

  if (scrolling == self->scrolling)
    return;
  self->scrolling = scrolling;
  if (scrolling)
    {
      self->n_frames = self->n_late = 0;
      self->last_us = 0;
      gdk_frame_clock_begin_updating (clock);
      say ("scrolling");
      return;
    }
  gdk_frame_clock_end_updating (clock);
  say ("frames %u %u %.0f", self->n_frames, self->n_late,
       gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (
         GTK_SCROLLED_WINDOW (gtk_widget_get_parent (self->view)))));
}

static void
obey (BenkBenchScreen *self, const char *command)
{
  if (g_str_equal (command, "memory"))
    say_memory ();
  else if (g_str_equal (command, "place"))
    say_place (self);
  else if (g_str_equal (command, "list"))
    gtk_widget_grab_focus (self->view);
  else if (g_str_equal (command, "scroll"))
    set_scrolling (self, TRUE);
  else if (g_str_equal (command, "rest"))
    set_scrolling (self, FALSE);
  else if (g_str_equal (command, "quit"))
    gtk_window_destroy (self->window);
  else
    g_error ("“%s” is not known", command);
}

static void read_command (BenkBenchScreen *self, GDataInputStream *input);

static void
on_command (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDataInputStream *input = G_DATA_INPUT_STREAM (source);
  g_autofree char *line =
    g_data_input_stream_read_line_finish (input, result, NULL, NULL);

  if (line == NULL)
    return;
  obey (user_data, line);
  if (!g_str_equal (line, "quit"))
    read_command (user_data, input);
}

static void
read_command (BenkBenchScreen *self, GDataInputStream *input)
{
  g_data_input_stream_read_line_async (input, G_PRIORITY_DEFAULT, NULL, on_command, self);
}

static gboolean
give_up (gpointer user_data)
{
  g_error ("the measurement hangs");
  return G_SOURCE_REMOVE;
}

BenkBenchScreen *
benk_bench_screen_new (GtkWindow *window)
{
  BenkBenchScreen *self = g_new0 (BenkBenchScreen, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autoptr (GInputStream) raw = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (raw);

  self->window = window;
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
  g_signal_connect_swapped (window, "realize", G_CALLBACK (on_realize), self);
  g_timeout_add_seconds (PATIENCE_S, give_up, NULL);
  read_command (self, input);

  return self;
}

/* @shown: called once, when the window has been painted */
void
benk_bench_screen_set_shown (BenkBenchScreen *self,
                             BenkBenchShown shown,
                             gpointer user_data)
{
  self->on_shown = shown;
  self->user_data = user_data;
}

static void
on_model (BenkBenchScreen *self)
{
  GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (self->view));

  if (model == NULL)
    return;
  self->awaiting = TRUE;
  self->n_rows = g_list_model_get_n_items (G_LIST_MODEL (model));
}

/* From now on the results in a column view are told when they are painted. */
void
benk_bench_screen_follow (BenkBenchScreen *self, GtkWidget *view)
{
  self->view = view;
  g_signal_connect_swapped (view, "notify::model", G_CALLBACK (on_model), self);
}
