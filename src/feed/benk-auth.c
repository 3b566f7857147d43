/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-auth.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <libsecret/secret.h>

#include "benk-error.h"

#define MAX_TOKEN 16384

typedef enum
{
  AUTH_NONE,
  AUTH_FILE,
  AUTH_KEYRING,
} AuthKind;

/**
 * BenkAuth:
 *
 * Where a feed's bearer token comes from: nowhere, the keyring, or a file for those who
 * ask for one. The file is read each time, so that it may be replaced while the program
 * runs.
 */
struct _BenkAuth
{
  GObject parent_instance;

  AuthKind kind;
  char *where;
  char *token; /* of the keyring, until it is refused */
};

G_DEFINE_TYPE (BenkAuth, benk_auth, G_TYPE_OBJECT)

static const SecretSchema *
get_schema (void)
{
  static const SecretSchema schema = {
    "no.dosebenk.Dosebenk.Feed",
    SECRET_SCHEMA_NONE,
    { { "feed", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
  };

  return &schema;
}

/* What goes into a header must not be able to begin another one. */
static char *
take_token (char *text, GError **error)
{
  g_autofree char *token = g_strstrip (text);

  if (token[0] != '\0' && strlen (token) <= MAX_TOKEN)
    {
      const char *at = token;

      while (*at > 0x20 && *at < 0x7f)
        at++;
      if (*at == '\0')
        return g_steal_pointer (&token);
    }
  g_set_error (error, BENK_ERROR, BENK_ERROR_AUTH,
               _ ("The token is empty or holds characters that no token has."));
  return NULL;
}

static char *
read_file (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) local = NULL;
  struct stat info;
  gsize length;

  gboolean found = g_stat (path, &info) == 0;

  if (found && (info.st_mode & 077) != 0)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_PERMISSION,
                   _ ("The token file %s can be read by others. Allow only yourself: "
                      "chmod 600."),
                   path);
      return NULL;
    }
  /* A pipe or a device would be waited for, or read without end. */
  if (found && (!S_ISREG (info.st_mode) || info.st_size > MAX_TOKEN))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_AUTH,
                   _ ("The token file %s does not hold a token."), path);
      return NULL;
    }
  if (!g_file_get_contents (path, &text, &length, &local))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_AUTH,
                   _ ("The token file cannot be read: %s"), local->message);
      return NULL;
    }
  if (length > MAX_TOKEN || strlen (text) != length)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_AUTH,
                   _ ("The token file %s does not hold a token."), path);
      return NULL;
    }
  return take_token (g_steal_pointer (&text), error);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  GError *error = NULL;
  char *token = read_file (path, &error);

  if (token != NULL)
    g_task_return_pointer (task, token, g_free);
  else
    g_task_return_error (task, error);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BenkAuth *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  GError *failure = NULL;
  char *secret = secret_password_lookup_finish (result, &error);
  char *token;

  if (error != NULL)
    {
      g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_AUTH,
                               _ ("The keyring did not answer: %s"), error->message);
      return;
    }
  if (secret == NULL)
    {
      g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_AUTH,
                               _ ("The keyring holds no token for this source."));
      return;
    }
  token = take_token (g_strdup (secret), &failure);
  secret_password_free (secret);
  if (token == NULL)
    {
      g_task_return_error (task, failure);
      return;
    }
  g_free (self->token);
  self->token = g_strdup (token);
  g_task_return_pointer (task, token, g_free);
}

static void
benk_auth_finalize (GObject *object)
{
  BenkAuth *self = BENK_AUTH (object);

  benk_auth_forget (self);
  g_free (self->where);
  G_OBJECT_CLASS (benk_auth_parent_class)->finalize (object);
}

static void
benk_auth_class_init (BenkAuthClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_auth_finalize;
}

static void
benk_auth_init (BenkAuth *self)
{
}

static BenkAuth *
auth_new (AuthKind kind, const char *where)
{
  BenkAuth *self = g_object_new (BENK_TYPE_AUTH, NULL);

  self->kind = kind;
  self->where = g_strdup (where);
  return self;
}

/**
 * benk_auth_new_none:
 *
 * Returns: (transfer full): for a source that asks for no token
 */
BenkAuth *
benk_auth_new_none (void)
{
  return auth_new (AUTH_NONE, NULL);
}

/**
 * benk_auth_new_file:
 * @path: file with the token and nothing else, readable by its owner only
 *
 * Returns: (transfer full): for a source whose token lies in a file
 */
BenkAuth *
benk_auth_new_file (const char *path)
{
  return auth_new (AUTH_FILE, path);
}

/**
 * benk_auth_new_keyring:
 * @feed_id: id of the feed
 *
 * Returns: (transfer full): for a source whose token lies in the keyring
 */
BenkAuth *
benk_auth_new_keyring (const char *feed_id)
{
  return auth_new (AUTH_KEYRING, feed_id);
}

/**
 * benk_auth_get_token_async:
 * @self: the source of the token
 * @cancellable: (nullable): to give up
 * @callback: called when it is there
 * @user_data: for @callback
 *
 * Gets the token, from memory where the keyring has given it before.
 */
void
benk_auth_get_token_async (BenkAuth *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  switch (self->kind)
    {
    case AUTH_NONE:
      g_task_return_pointer (task, NULL, NULL);
      return;
    case AUTH_FILE:
      g_task_set_task_data (task, g_strdup (self->where), g_free);
      g_task_run_in_thread (task, read_in_thread);
      return;
    case AUTH_KEYRING:
      if (self->token)
        g_task_return_pointer (task, g_strdup (self->token), g_free);
      else
        secret_password_lookup (get_schema (), cancellable, on_looked_up,
                                g_steal_pointer (&task), "feed", self->where, NULL);
      return;
    }
}

/**
 * benk_auth_get_token_finish:
 * @self: the source of the token
 * @result: the result
 * @token: (out) (nullable) (transfer full): the token; %NULL if none is needed
 * @error: return location
 *
 * Returns: %FALSE with %BENK_ERROR_AUTH if there is none, with %BENK_ERROR_PERMISSION if
 *   others can read the file
 */
gboolean
benk_auth_get_token_finish (BenkAuth *self,
                            GAsyncResult *result,
                            char **token,
                            GError **error)
{
  g_autoptr (GError) local = NULL;

  *token = g_task_propagate_pointer (G_TASK (result), &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * benk_auth_forget:
 * @self: the source of the token
 *
 * Forgets what the keyring gave; for a token that was refused.
 */
void
benk_auth_forget (BenkAuth *self)
{
  if (self->token)
    memset (self->token, 0, strlen (self->token));
  g_clear_pointer (&self->token, g_free);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_AUTH,
                             _ ("The keyring did not take the token: %s"),
                             error->message);
}

/**
 * benk_auth_keep_async:
 * @feed_id: id of the feed
 * @label: what the keyring shows for it
 * @token: the token
 * @cancellable: (nullable): to give up
 * @callback: called when it is kept
 * @user_data: for @callback
 *
 * Puts a token into the keyring, in place of an earlier one.
 */
void
benk_auth_keep_async (const char *feed_id,
                      const char *label,
                      const char *token,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GError *error = NULL;
  g_autofree char *clean = take_token (g_strdup (token), &error);

  if (clean == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  secret_password_store (get_schema (), SECRET_COLLECTION_DEFAULT, label, clean,
                         cancellable, on_kept, g_steal_pointer (&task), "feed", feed_id,
                         NULL);
}

/**
 * benk_auth_keep_finish:
 * @result: the result
 * @error: return location
 *
 * Returns: whether it is kept; %BENK_ERROR_AUTH if not
 */
gboolean
benk_auth_keep_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
