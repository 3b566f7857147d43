/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-xml.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <string.h>

#include "benk-error.h"
#include "benk-zip.h"

/* libxml2 hands an attribute over as name, prefix, namespace, first byte, byte after it.
 */
#define ATTRIBUTE_POINTERS 5

struct _BenkXml
{
  const BenkXmlHandler *handler;
  gpointer user_data;
  GCancellable *cancellable;
  xmlParserCtxtPtr parser;
  GError *error;
  const xmlChar **attributes;
  int n_attributes;
};

static void
stop (BenkXml *self)
{
  xmlStopParser (self->parser);
}

static void
on_start (void *context,
          const xmlChar *name,
          const xmlChar *prefix,
          const xmlChar *space,
          int n_spaces,
          const xmlChar **spaces,
          int n_attributes,
          int n_defaulted,
          const xmlChar **attributes)
{
  BenkXml *self = context;

  if (self->error != NULL || self->handler->start == NULL)
    return;
  self->attributes = attributes;
  self->n_attributes = n_attributes;
  if (!self->handler->start (self, (const char *) name, self->user_data, &self->error))
    stop (self);
  self->n_attributes = 0;
}

static void
on_end (void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
  BenkXml *self = context;

  if (self->error == NULL && self->handler->end != NULL &&
      !self->handler->end ((const char *) name, self->user_data, &self->error))
    stop (self);
}

static void
on_text (void *context, const xmlChar *text, int length)
{
  BenkXml *self = context;

  if (self->error == NULL && self->handler->text != NULL && length > 0 &&
      !self->handler->text ((const char *) text, (gsize) length, self->user_data,
                            &self->error))
    stop (self);
}

/* No spreadsheet declares a document type; entities that grow do. */
static void
on_doctype (void *context,
            const xmlChar *name,
            const xmlChar *external,
            const xmlChar *system)
{
  BenkXml *self = context;

  if (self->error == NULL)
    g_set_error_literal (&self->error, BENK_ERROR, BENK_ERROR_INVALID,
                         _ ("The file declares a document type, which no list needs. It "
                            "is not read."));
  stop (self);
}

static void
on_message (void *context, const xmlError *message)
{
}

static const xmlSAXHandler SAX = {
  .initialized = XML_SAX2_MAGIC,
  .internalSubset = on_doctype,
  .externalSubset = on_doctype,
  .startElementNs = on_start,
  .endElementNs = on_end,
  .characters = on_text,
  .cdataBlock = on_text,
  .ignorableWhitespace = on_text,
  .serror = (xmlStructuredErrorFunc) on_message, /* its constness changed in 2.12 */
};

static gboolean
feed (gconstpointer data, gsize length, gpointer user_data, GError **error)
{
  BenkXml *self = user_data;
  int code;

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CANCELLED,
                           _ ("Reading was cancelled."));
      return FALSE;
    }
  code = xmlParseChunk (self->parser, data, (int) length, data == NULL);
  if (self->error == NULL && code != XML_ERR_OK)
    {
      const xmlError *last = xmlCtxtGetLastError (self->parser);
      g_autofree char *words = g_strstrip (
        g_strdup (last != NULL && last->message != NULL ? last->message : "XML"));

      g_set_error (&self->error, BENK_ERROR, BENK_ERROR_INVALID,
                   _ ("The file is damaged or cut off: %s."), words);
    }
  if (self->error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

static void
open_parser (BenkXml *self)
{
  xmlSAXHandler sax = SAX;

  xmlInitParser ();
  self->parser = xmlCreatePushParserCtxt (&sax, self, NULL, 0, NULL);
  if (self->parser == NULL)
    g_error ("libxml2 gives no parser");
  xmlCtxtUseOptions (self->parser, XML_PARSE_NONET | XML_PARSE_NOERROR |
                                     XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
}

/**
 * benk_xml_read_part:
 * @archive: a ZIP archive
 * @part: the path of a part that is XML
 * @handler: what is called
 * @user_data: for @handler
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Reads an XML document out of an archive while it is unpacked. Document types, and with
 * them entities, are refused; nothing is fetched.
 *
 * Returns: %FALSE with %BENK_ERROR_INVALID, %BENK_ERROR_NOT_FOUND,
 *   %BENK_ERROR_CANCELLED or the error of @handler
 */
gboolean
benk_xml_read_part (GBytes *archive,
                    const char *part,
                    const BenkXmlHandler *handler,
                    gpointer user_data,
                    GCancellable *cancellable,
                    GError **error)
{
  BenkXml self = { handler, user_data, cancellable };
  gboolean done;

  open_parser (&self);
  done = benk_zip_read_part (archive, part, feed, &self, error) &&
         feed (NULL, 0, &self, error);
  xmlFreeParserCtxt (self.parser);

  return done;
}

/**
 * benk_xml_read_bytes:
 * @bytes: an XML document
 * @handler: what is called
 * @user_data: for @handler
 * @error: return location for an error
 *
 * Like benk_xml_read_part(), for a document that is in memory.
 *
 * Returns: %FALSE with an error
 */
gboolean
benk_xml_read_bytes (GBytes *bytes,
                     const BenkXmlHandler *handler,
                     gpointer user_data,
                     GError **error)
{
  BenkXml self = { handler, user_data, NULL };
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  gboolean done = TRUE;

  open_parser (&self);
  while (done && length > 0)
    {
      gsize n = MIN (length, 64 * 1024);

      done = feed (data, n, &self, error);
      data += n;
      length -= n;
    }
  done = done && feed (NULL, 0, &self, error);
  xmlFreeParserCtxt (self.parser);

  return done;
}

static const xmlChar *
find_attribute (BenkXml *self, const char *name, gsize *length)
{
  for (int i = 0; i < self->n_attributes; i++)
    {
      const xmlChar **at = self->attributes + i * ATTRIBUTE_POINTERS;

      if (strcmp ((const char *) at[0], name) != 0)
        continue;
      *length = (gsize) (at[4] - at[3]);
      return at[3];
    }

  return NULL;
}

/**
 * benk_xml_dup_attribute:
 * @xml: the parser, in a start callback
 * @name: the name of an attribute, without prefix
 *
 * Returns: (transfer full) (nullable): its value
 */
char *
benk_xml_dup_attribute (BenkXml *xml, const char *name)
{
  gsize length;
  const xmlChar *value = find_attribute (xml, name, &length);
  g_autoptr (GString) text = NULL;

  if (value == NULL)
    return NULL;
  /* As long as entities are not replaced, libxml2 leaves an ampersand like this. */
  text = g_string_new_len ((const char *) value, (gssize) length);
  g_string_replace (text, "&#38;", "&", 0);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * benk_xml_copy_attribute:
 * @xml: the parser, in a start callback
 * @name: the name of an attribute, without prefix
 * @buffer: (array length=size): where its value goes
 * @size: bytes of @buffer
 *
 * Like benk_xml_dup_attribute() for short values of elements that come by the million.
 *
 * Returns: %FALSE, with an empty @buffer, if it is missing or does not fit
 */
gboolean
benk_xml_copy_attribute (BenkXml *xml, const char *name, char *buffer, gsize size)
{
  gsize length;
  const xmlChar *value = find_attribute (xml, name, &length);

  buffer[0] = '\0';
  if (value == NULL || length >= size)
    return FALSE;
  memcpy (buffer, value, length);
  buffer[length] = '\0';

  return TRUE;
}
