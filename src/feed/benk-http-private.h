/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-http.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

GError *benk_http_error_map (const GError *error, gboolean timed_out);

G_END_DECLS
