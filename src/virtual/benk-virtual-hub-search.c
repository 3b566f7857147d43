/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-hub-private.h"

#define PAGE_DEFAULT 50
#define PAGE_MAX 200
#define PAGE_OWN 20

/* One search: what was asked for, and how far the page has come. */
typedef struct
{
  BenkHubShelf *shelf;
  const char *base;
  const char *since; /* NULL: from the beginning */
  guint count;
  guint64 cursor;
  BenkHubFault fault;
  GString *entries;
  guint n;
  guint64 last;
  gboolean more;
} HubSearch;

/* "ge2025-11-03T08:05:12Z" → true if @ms passes; an unreadable value passes nothing. */
static gboolean
passes (const char *condition, gint64 ms)
{
  g_autoptr (GDateTime) time = NULL;
  gint64 limit;

  if (condition == NULL)
    return TRUE;
  if (strlen (condition) < 3)
    return FALSE;
  time = g_date_time_new_from_iso8601 (condition + 2, NULL);
  if (time == NULL)
    return FALSE;
  limit = g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000;
  if (g_str_has_prefix (condition, "ge"))
    return ms >= limit;
  if (g_str_has_prefix (condition, "gt"))
    return ms > limit;
  if (g_str_has_prefix (condition, "le"))
    return ms <= limit;
  return FALSE;
}

/* Several conditions, parted by a blank, hold together. */
static gboolean
passes_all (const char *conditions, gint64 ms)
{
  g_auto (GStrv) each = g_strsplit (conditions ? conditions : "", " ", -1);

  for (guint i = 0; each[i]; i++)
    if (!passes (each[i], ms))
      return FALSE;
  return TRUE;
}

/* Servers not written here answer nothing to what they do not know. */
static gboolean
is_understood (BenkHubManners manners, GHashTable *query)
{
  GHashTableIter iter;
  gpointer name;

  if (query == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      if (g_str_equal (name, "cursor"))
        continue;
      if (manners & BENK_HUB_MANNER_KNOWS_NOTHING)
        return FALSE;
      if ((manners & BENK_HUB_MANNER_KNOWS_TIME_ONLY) &&
          !g_str_equal (name, "_lastUpdated"))
        return FALSE;
    }
  return TRUE;
}

static guint
page_size (BenkHubManners manners, GHashTable *query)
{
  const char *count = query ? g_hash_table_lookup (query, "_count") : NULL;

  if (manners & BENK_HUB_MANNER_OWN_PAGE)
    return PAGE_OWN;
  if (manners & BENK_HUB_MANNER_NO_PAGE)
    return G_MAXUINT;
  return count ? CLAMP (atoi (count), 1, PAGE_MAX) : PAGE_DEFAULT;
}

/* It leads on in words that it knows itself. */
static char *
link_to (HubSearch *s, const char *root, guint64 cursor)
{
  GString *url = g_string_new (root);

  g_string_append_printf (url, "/%s?cursor=%" G_GUINT64_FORMAT, s->shelf->type, cursor);
  if (s->since)
    {
      g_autofree char *escaped = g_uri_escape_string (s->since, NULL, FALSE);

      g_string_append_printf (url, "&_lastUpdated=%s", escaped);
    }
  if ((s->shelf->manners &
       (BENK_HUB_MANNER_KNOWS_TIME_ONLY | BENK_HUB_MANNER_KNOWS_NOTHING)) == 0)
    g_string_append_printf (url, "&_sort=_lastUpdated&_count=%u", s->count);
  return g_string_free (url, FALSE);
}

static char *
compose_links (HubSearch *s)
{
  g_autofree char *self = link_to (s, s->base, s->cursor);
  g_autofree char *next = NULL;

  if (s->shelf->manners & BENK_HUB_MANNER_NO_LINK)
    return g_strdup ("");
  if (s->fault == BENK_HUB_FAULT_FOREIGN_NEXT)
    next = link_to (s, "http://other.invalid/fhir", s->last);
  else if (s->fault == BENK_HUB_FAULT_ENDLESS_NEXT)
    next = g_strdup (self);
  else if (s->more)
    next = link_to (s, s->base, s->last);
  return g_strdup_printf (",\"link\":[{\"relation\":\"self\",\"url\":\"%s\"}%s%s%s]",
                          self, next ? ",{\"relation\":\"next\",\"url\":\"" : "",
                          next ? next : "", next ? "\"}" : "");
}

/* FALSE: the page is full. */
static gboolean
give (HubSearch *s, const BenkHubIssue *issue)
{
  gboolean down = (s->shelf->manners & BENK_HUB_MANNER_NEWEST_FIRST) != 0;

  if (s->cursor > 0 && (down ? issue->seq >= s->cursor : issue->seq <= s->cursor))
    return TRUE;
  if (!passes_all (s->since, issue->updated_ms))
    return TRUE;
  if (s->n == s->count)
    {
      s->more = TRUE;
      return FALSE;
    }
  g_string_append_printf (s->entries,
                          "%s{\"fullUrl\":\"%s/%s/%s\",\"resource\":%s,"
                          "\"search\":{\"mode\":\"match\"}}",
                          s->n ? "," : "", s->base, s->shelf->type, issue->id,
                          issue->text);
  s->last = issue->seq;
  s->n++;
  return TRUE;
}

/* A search set, oldest change first unless it was told otherwise, one page from the
 * cursor on. */
char *
benk_hub_shelf_search (BenkHubShelf *shelf,
                       const char *base,
                       GHashTable *query,
                       BenkHubFault fault)
{
  const char *cursor = query ? g_hash_table_lookup (query, "cursor") : NULL;
  g_autoptr (GString) entries = g_string_new (NULL);
  g_autofree char *links = NULL;
  gboolean down = (shelf->manners & BENK_HUB_MANNER_NEWEST_FIRST) != 0;
  guint n = is_understood (shelf->manners, query) ? shelf->issues->len : 0;
  HubSearch s = { .shelf = shelf, .base = base, .fault = fault, .entries = entries };

  s.since = query ? g_hash_table_lookup (query, "_lastUpdated") : NULL;
  s.count = page_size (shelf->manners, query);
  s.cursor = cursor ? g_ascii_strtoull (cursor, NULL, 10) : 0;
  s.last = s.cursor;
  for (guint i = 0; i < n; i++)
    if (!give (&s, g_ptr_array_index (shelf->issues, down ? n - 1 - i : i)))
      break;
  links = compose_links (&s);
  return g_strdup_printf ("{\"resourceType\":\"Bundle\",\"type\":\"searchset\"%s,"
                          "\"entry\":[%s]}",
                          links, entries->str);
}
