/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-config.h"

#include "benk-error.h"
#include "benk-tcp-address.h"
#include "benk-usbip-server.h"
#include "benk-virtual-fault.h"
#include "benk-virtual-hub-command.h"
#include "benk-virtual-memory.h"
#include "benk-virtual-options.h"
#include "benk-virtual-tcp.h"

#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <unistd.h>

enum
{
  EXIT_DONE = 0,
  EXIT_FAILED = 1,
  EXIT_USAGE = 2,
};

typedef struct
{
  const BenkVirtualOptions *options;
  BenkClock *clock;
  GMainLoop *loop;
  GPtrArray *dispensers;
  BenkUsbipServer *server;
  BenkVirtualTcp *tcp;
  BenkVirtualHub *hub;
  GDataInputStream *commands;
  GSource *again;
  gboolean met; /* there was a manager */
  GError *failure;
} Program;

static int
complain (const GError *error)
{
  gboolean usage = g_error_matches (error, BENK_ERROR, BENK_ERROR_USAGE) ||
                   error->domain == G_OPTION_ERROR;

  g_printerr ("dosebenk-virtual: %s\n", error->message);

  return usage ? EXIT_USAGE : EXIT_FAILED;
}

static int
print_models (void)
{
  const char *const *models = benk_virtual_memory_get_models ();

  for (guint i = 0; models[i] != NULL; i++)
    g_print ("%s %s\n", models[i], benk_virtual_memory_get_default_serial (models[i]));

  return EXIT_DONE;
}

static int
print_faults (void)
{
  for (guint i = 0; i < BENK_VIRTUAL_N_FAULTS; i++)
    {
      g_autofree char *usage = benk_virtual_fault_get_usage (i);

      g_print ("%-28s %s\n", usage, benk_virtual_fault_get_description (i));
    }

  return EXIT_DONE;
}

static int
print_hub_faults (void)
{
  g_autofree char *text = benk_hub_command_list_faults ();

  g_print ("%s", text);

  return EXIT_DONE;
}

static void
tell (const char *what, const char *where, BenkVirtualDispenser *dispenser)
{
  const BenkAgentMemory *memory = benk_virtual_dispenser_get_memory (dispenser);

  g_print ("%s %s %s %s\n", what, where, benk_virtual_dispenser_get_model_id (dispenser),
           memory != NULL ? memory->serial
                          : benk_virtual_dispenser_get_serial (dispenser));
}

typedef struct
{
  GSource *source;
  BenkVirtualDispenser *dispenser;
} Return;

static void
return_free (gpointer data)
{
  Return *coming = data;

  g_source_unref (coming->source);
  g_object_unref (coming->dispenser);
  g_free (coming);
}

static gboolean
plug_again (gpointer data)
{
  benk_virtual_dispenser_plug (((Return *) data)->dispenser);

  return G_SOURCE_REMOVE;
}

/* One that restarts comes back by itself, and earlier. */
static void
plug_later (Program *self, BenkVirtualDispenser *dispenser)
{
  Return *coming;

  if (self->options->return_s < 0)
    return;

  coming = g_new (Return, 1);
  coming->dispenser = g_object_ref (dispenser);
  coming->source =
    benk_clock_create_timer (self->clock, (gint64) (self->options->return_s * 1000));
  g_source_set_callback (coming->source, plug_again, coming, return_free);
  g_source_attach (coming->source, NULL);
}

static void
on_event (BenkUsbipServer *server, int event, BenkUsbipDevice *device, Program *self)
{
  static const char *const words[] = {
    [BENK_USBIP_IMPORTED] = "imported",
    [BENK_USBIP_RELEASED] = "released",
    [BENK_USBIP_GONE] = "gone",
    [BENK_USBIP_RETURNED] = "returned",
  };
  BenkVirtualDispenser *dispenser = benk_usbip_device_get_dispenser (device);

  tell (words[event], benk_usbip_device_get_busid (device), dispenser);
  if (event == BENK_USBIP_GONE)
    plug_later (self, dispenser);
}

static void
on_refused (BenkUsbipServer *server, const char *peer, const GError *error)
{
  g_printerr ("dosebenk-virtual: %s: %s\n", peer, error->message);
}

static gboolean
make_dispensers (Program *self, GError **error)
{
  GPtrArray *specs = self->options->specs;

  for (guint i = 0; i < specs->len; i++)
    {
      const BenkVirtualSpec *spec = g_ptr_array_index (specs, i);
      BenkVirtualDispenser *dispenser =
        benk_virtual_dispenser_new (spec->model, spec->serial, self->clock,
                                    self->options->state, error);

      if (dispenser == NULL)
        return FALSE;
      g_ptr_array_add (self->dispensers, dispenser);
      if (!benk_virtual_dispenser_set_fault (dispenser, self->options->fault, error))
        return FALSE;
      benk_virtual_dispenser_plug (dispenser);
    }

  return TRUE;
}

static gboolean
export_all (Program *self, GError **error)
{
  for (guint i = 0; i < self->dispensers->len; i++)
    {
      BenkVirtualDispenser *dispenser = g_ptr_array_index (self->dispensers, i);
      BenkUsbipDevice *device = benk_usbip_server_add (self->server, dispenser);

      if (device == NULL)
        {
          g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                       _ ("At most %d dispensers are served at a time."),
                       BENK_USBIP_MAX_DEVICES);
          return FALSE;
        }
      tell ("exported", benk_usbip_device_get_busid (device), dispenser);
    }

  return TRUE;
}

static gboolean
start_usbip (Program *self, GError **error)
{
  g_autoptr (GSocketAddress) address =
    benk_tcp_address_parse (self->options->usbip, BENK_USBIP_PORT, error);
  GInetAddress *host;
  g_autofree char *text = NULL;

  if (address == NULL)
    return FALSE;

  host = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address));
  self->server = benk_usbip_server_new (self->clock);
  g_signal_connect (self->server, "event", G_CALLBACK (on_event), self);
  g_signal_connect (self->server, "refused", G_CALLBACK (on_refused), self);
  if (!benk_usbip_server_listen (self->server, address, error))
    {
      text = benk_tcp_address_to_text (host, g_inet_socket_address_get_port (
                                               G_INET_SOCKET_ADDRESS (address)));
      g_prefix_error (error, _ ("Nothing can be served on %s: "), text);
      return FALSE;
    }
  if (!g_inet_address_get_is_loopback (host))
    g_printerr (_ ("dosebenk-virtual: other machines can reach this port, and USB/IP "
                   "asks nobody who they are.\n"));
  text = benk_tcp_address_to_text (host, benk_usbip_server_get_port (self->server));
  g_print ("listening %s\n", text);

  return export_all (self, error);
}

static void connect_tcp (Program *self);

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  Program *self = data;
  BenkVirtualDispenser *dispenser = g_ptr_array_index (self->dispensers, 0);

  if (benk_virtual_tcp_connect_finish (BENK_VIRTUAL_TCP (source), result, &self->failure))
    {
      tell ("connected", self->options->connect, dispenser);
      self->met = TRUE;
      return;
    }

  /* A manager that was there and is no more has done with it. */
  if (self->met && self->options->again_s >= 0)
    g_clear_error (&self->failure);
  else
    g_prefix_error (&self->failure, _ ("No manager could be reached on %s: "),
                    self->options->connect);
  g_main_loop_quit (self->loop);
}

static void
stop_again (Program *self)
{
  if (self->again != NULL)
    g_source_destroy (self->again);
  g_clear_pointer (&self->again, g_source_unref);
}

static gboolean
connect_again (gpointer data)
{
  Program *self = data;

  stop_again (self);
  connect_tcp (self);

  return G_SOURCE_REMOVE;
}

static void
connect_later (Program *self)
{
  stop_again (self);
  self->again =
    benk_clock_create_timer (self->clock, (gint64) (self->options->again_s * 1000));
  g_source_set_callback (self->again, connect_again, self, NULL);
  g_source_attach (self->again, NULL);
}

/* One that has left the bus connects again when it comes back; one whose manager has gone
 * is done, unless it is to try again. */
static void
on_ended (BenkVirtualTcp *tcp, const GError *error, Program *self)
{
  BenkVirtualDispenser *dispenser = g_ptr_array_index (self->dispensers, 0);

  tell ("disconnected", self->options->connect, dispenser);
  if (error != NULL)
    on_refused (NULL, self->options->connect, error);
  if (benk_virtual_dispenser_get_attached (dispenser) && self->options->again_s >= 0)
    connect_later (self);
  else if (benk_virtual_dispenser_get_attached (dispenser) || self->options->return_s < 0)
    g_main_loop_quit (self->loop);
  else
    plug_later (self, dispenser);
}

static void
on_attached (BenkVirtualDispenser *dispenser, Program *self)
{
  connect_tcp (self);
}

static void
connect_tcp (Program *self)
{
  benk_virtual_tcp_connect_async (self->tcp, self->options->connect, NULL, on_connected,
                                  self);
}

static gboolean
start_tcp (Program *self)
{
  BenkVirtualDispenser *dispenser = g_ptr_array_index (self->dispensers, 0);

  self->tcp = benk_virtual_tcp_new (dispenser, self->clock);
  g_signal_connect (self->tcp, "ended", G_CALLBACK (on_ended), self);
  g_signal_connect (dispenser, "attached", G_CALLBACK (on_attached), self);
  connect_tcp (self);

  return TRUE;
}

/* -- The hub ------------------------------------------------------------------------- */

static void read_command (Program *self);

static void
do_command (Program *self, const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *done = benk_hub_command_run (self->hub, line, &error);

  if (done != NULL)
    g_print ("%s\n", done);
  else
    complain (error);
}

/* Without more commands it goes on as it was told. */
static void
on_command (GObject *source, GAsyncResult *result, gpointer data)
{
  Program *self = data;
  g_autofree char *line =
    g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL,
                                          NULL);

  if (line == NULL)
    return;
  g_strstrip (line);
  if (line[0] != '\0')
    do_command (self, line);
  read_command (self);
}

static void
read_command (Program *self)
{
  g_data_input_stream_read_line_async (self->commands, G_PRIORITY_DEFAULT, NULL,
                                       on_command, self);
}

static gboolean
start_hub (Program *self, GError **error)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  char **faults = self->options->hub_faults;

  self->hub = benk_virtual_hub_new (self->clock, self->options->hub_token);
  for (guint i = 0; faults != NULL && faults[i] != NULL; i++)
    if (!benk_virtual_hub_add_fault_named (self->hub, faults[i], error))
      return FALSE;
  if (!benk_virtual_hub_start (self->hub, error))
    return FALSE;
  g_print ("listening %s\n", benk_virtual_hub_get_url (self->hub));
  self->commands = g_data_input_stream_new (input);
  read_command (self);

  return TRUE;
}

static gboolean
start (Program *self, GError **error)
{
  if (self->options->hub)
    return start_hub (self, error);
  return self->options->usbip != NULL ? start_usbip (self, error) : start_tcp (self);
}

static gboolean
on_signal (gpointer data)
{
  Program *self = data;

  g_main_loop_quit (self->loop);

  return G_SOURCE_CONTINUE;
}

static void
clear (Program *self)
{
  if (self->server != NULL)
    g_signal_handlers_disconnect_by_data (self->server, self);
  stop_again (self);
  if (self->tcp != NULL)
    g_signal_handlers_disconnect_by_data (self->tcp, self);
  for (guint i = 0; i < self->dispensers->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->dispensers, i), self);
  if (self->hub != NULL)
    benk_virtual_hub_stop (self->hub);
  g_clear_object (&self->hub);
  g_clear_object (&self->commands);
  g_clear_object (&self->server);
  g_clear_object (&self->tcp);
  g_ptr_array_unref (self->dispensers);
  g_main_loop_unref (self->loop);
  g_object_unref (self->clock);
}

static int
serve (const BenkVirtualOptions *options)
{
  g_autoptr (GError) error = NULL;
  Program self = { .options = options,
                   .clock = benk_system_clock_new (),
                   .loop = g_main_loop_new (NULL, FALSE),
                   .dispensers = g_ptr_array_new_with_free_func (g_object_unref) };

  g_unix_signal_add (SIGINT, on_signal, &self);
  g_unix_signal_add (SIGTERM, on_signal, &self);
  if (make_dispensers (&self, &error) && start (&self, &error))
    g_main_loop_run (self.loop);
  if (error == NULL)
    error = g_steal_pointer (&self.failure);
  clear (&self);

  return error == NULL ? EXIT_DONE : complain (error);
}

int
main (int argc, char **argv)
{
  g_autoptr (BenkVirtualOptions) options = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BENK_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  options = benk_virtual_options_parse (&argc, &argv, &error);
  if (options == NULL)
    return complain (error);
  if (options->version)
    {
      g_print ("dosebenk-virtual %s\n", BENK_VERSION);
      return EXIT_DONE;
    }
  if (options->list_models)
    return print_models ();
  if (options->list_faults)
    return print_faults ();
  if (options->list_hub_faults)
    return print_hub_faults ();

  return serve (options);
}
