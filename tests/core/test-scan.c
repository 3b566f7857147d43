/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-scan-burst.h"
#include "benk-scan.h"

#include <string.h>

#define ID "0190A5B3C4D578E69F0A1B2C3D4E5F60"
#define GTIN "07038010000010" /* check digit 0: computed by hand */
#define UNKNOWN BENK_SCAN_CAPS_UNKNOWN
#define OFF BENK_SCAN_CAPS_OFF
#define ON BENK_SCAN_CAPS_ON

typedef struct
{
  const char *raw;
  BenkScanCaps caps;
  BenkScanKind kind;
  guint findings;
  const char *serial;
  const char *imei;
  const char *gtin;
  const char *asset;
  const char *batch;
  const char *expiry;
} Case;

#define PLAIN BENK_SCAN_TEXT
#define L BENK_SCAN_LAYOUT
#define C BENK_SCAN_CAPS_LOCK
#define P BENK_SCAN_PREFIX
#define ODD BENK_SCAN_IMEI_ODD
#define SEP BENK_SCAN_SEPARATOR
#define BAD BENK_SCAN_DAMAGED

/* "\302\250" is the diaeresis that ] gives under a Norwegian layout, "\303\230" the O
 * with stroke of a colon, "\303\270" the small one of a semicolon, "\303\206" and
 * "\303\246" the letters of quotation mark and apostrophe. */
static const Case cases[] = {
  /* A serial as it is, and with what keyboards do to it. */
  { "PP001007", UNKNOWN, PLAIN, 0, "PP001007" },
  { "  PP001007 \r", UNKNOWN, PLAIN, 0, "PP001007" },
  { "pp001007", UNKNOWN, PLAIN, C, "PP001007" },
  { "pp001007", ON, PLAIN, C, "PP001007" },
  { "pp001007", OFF, PLAIN, 0, "pp001007" },
  { "pP001007", UNKNOWN, PLAIN, 0, "pP001007" },
  { "aBcdE1", ON, PLAIN, C, "AbCDe1" },
  { "PP001007", ON, PLAIN, 0, "PP001007" },
  { "12345", UNKNOWN, PLAIN, 0, "12345" },
  { "AB-12-34", UNKNOWN, PLAIN, 0, "AB-12-34" },
  { "AB+12+34", UNKNOWN, PLAIN, L, "AB-12-34" },
  { "ab+12+34", UNKNOWN, PLAIN, L | C, "AB-12-34" },
  { "AB/12", UNKNOWN, PLAIN, 0, "AB/12" },
  { "AB_12", UNKNOWN, PLAIN, 0, "AB_12" },
  { "AB?12", UNKNOWN, PLAIN, L, "AB_12" },
  { "AB\303\23012", UNKNOWN, PLAIN, L, "AB:12" },
  { "AB\303\27012", OFF, PLAIN, L, "AB;12" },
  { "ab\303\27012", ON, PLAIN, L | C, "AB:12" },
  { "A.12", UNKNOWN, PLAIN, 0, "A.12" },
  { "A,12", UNKNOWN, PLAIN, 0, "A,12" },
  { "AB#12", UNKNOWN, PLAIN, 0, "AB#12" },
  { "AB\\12", UNKNOWN, PLAIN, L, "AB=12" },
  { "AB\302\24412", UNKNOWN, PLAIN, L, "AB$12" },
  { "AB \"12\" X", UNKNOWN, PLAIN, L, "AB @12@ X" },
  { "(ABC12(", UNKNOWN, PLAIN, L, "ABC12" },
  { "*ABC12*", UNKNOWN, PLAIN, 0, "ABC12" },
  { "*", UNKNOWN, PLAIN, 0, "*" },
  { "A", UNKNOWN, PLAIN, 0, "A" },
  { "", UNKNOWN, PLAIN, 0 },
  { "PP 001 007", UNKNOWN, PLAIN, 0, "PP 001 007" },
  { "E300A1B2C3D4E5F6A7B8C9D0", UNKNOWN, PLAIN, 0, "E300A1B2C3D4E5F6A7B8C9D0" },
  /* What the scanner says of itself. */
  { "]C0PP001007", UNKNOWN, PLAIN, P, "PP001007" },
  { "]A0PP001007", UNKNOWN, PLAIN, P, "PP001007" },
  { "]Q1PP001007", UNKNOWN, PLAIN, P, "PP001007" },
  { "]d1PP001007", UNKNOWN, PLAIN, P, "PP001007" },
  { "]D1pp001007", UNKNOWN, PLAIN, P | C, "PP001007" },
  { "]c0pp001007", UNKNOWN, PLAIN, P | C, "PP001007" },
  { "\302\250C0PP001007", UNKNOWN, PLAIN, P | L, "PP001007" },
  { "\302\250c0pp001007", UNKNOWN, PLAIN, P | L | C, "PP001007" },
  { "\302\250C0AB+12", UNKNOWN, PLAIN, P | L, "AB-12" },
  { "\302\250C0AB-12", UNKNOWN, PLAIN, P | L, "AB/12" },
  { "]", UNKNOWN, PLAIN, 0, "]" },
  { "]C", UNKNOWN, PLAIN, 0, "]C" },
  { "]C1", UNKNOWN, BENK_SCAN_GS1, P },
  /* IMEI. */
  { "356938035643809", UNKNOWN, BENK_SCAN_IMEI, 0, NULL, "356938035643809" },
  { "35-693803-564380-9", UNKNOWN, BENK_SCAN_IMEI, 0, NULL, "356938035643809" },
  { "35+693803+564380+9", UNKNOWN, BENK_SCAN_IMEI, L, NULL, "356938035643809" },
  { "356938035643808", UNKNOWN, BENK_SCAN_IMEI, ODD, NULL, "356938035643808" },
  { "123456789101112", UNKNOWN, BENK_SCAN_IMEI, ODD, NULL, "123456789101112" },
  { "]C0356938035643809", UNKNOWN, BENK_SCAN_IMEI, P, NULL, "356938035643809" },
  { "35693803564380", UNKNOWN, PLAIN, 0, "35693803564380" },
  /* Asset numbers. */
  { "D-037", UNKNOWN, BENK_SCAN_ASSET, 0, NULL, NULL, NULL, "D-037" },
  { "D+037", UNKNOWN, BENK_SCAN_ASSET, L, NULL, NULL, NULL, "D-037" },
  { "d-1037", UNKNOWN, BENK_SCAN_ASSET, C, NULL, NULL, NULL, "D-1037" },
  { "d+1037", OFF, BENK_SCAN_ASSET, L, NULL, NULL, NULL, "D-1037" },
  { "D-37", UNKNOWN, PLAIN, 0, "D-37" },
  /* Numbers of products. */
  { "]E07038010000010", UNKNOWN, BENK_SCAN_PRODUCT, P, NULL, NULL, GTIN },
  { "7038010000010", UNKNOWN, BENK_SCAN_PRODUCT, 0, NULL, NULL, GTIN },
  { "07038010000010", UNKNOWN, BENK_SCAN_PRODUCT, 0, NULL, NULL, GTIN },
  { "7038010000011", UNKNOWN, PLAIN, 0, "7038010000011" },
  { "]E07038010000011", UNKNOWN, BENK_SCAN_PRODUCT, P | BENK_SCAN_GTIN_ODD, NULL, NULL,
    "07038010000011" },
  { "12345670", UNKNOWN, PLAIN, 0, "12345670" },
  { "]E412345670", UNKNOWN, BENK_SCAN_PRODUCT, P, NULL, NULL, "00000012345670" },
  /* GS1. */
  { "]C101" GTIN "21PP001007", UNKNOWN, BENK_SCAN_GS1, P, "PP001007", NULL, GTIN },
  { "]d201" GTIN "10B7\x1d"
    "21PP001007\x1d"
    "17300131",
    UNKNOWN, BENK_SCAN_GS1, P, "PP001007", NULL, GTIN, NULL, "B7", "2030-01-31" },
  { "]Q301" GTIN "1730010021PP001007", UNKNOWN, BENK_SCAN_GS1, P, "PP001007", NULL, GTIN,
    NULL, NULL, "2030-01" },
  { "]e001" GTIN, UNKNOWN, BENK_SCAN_GS1, P, NULL, NULL, GTIN },
  { "]d221PP001007\x1d"
    "8002356938035643809",
    UNKNOWN, BENK_SCAN_GS1, P, "PP001007", "356938035643809" },
  { "]d221PP001007\x1d"
    "8002356938035643808",
    UNKNOWN, BENK_SCAN_GS1, P | ODD, "PP001007", "356938035643808" },
  { "\302\250d201" GTIN "21AB+12", UNKNOWN, BENK_SCAN_GS1, P | L, "AB-12", NULL, GTIN },
  { "\302\250D201" GTIN "21pp001007", ON, BENK_SCAN_GS1, P | L | C, "PP001007", NULL,
    GTIN },
  { "(01)" GTIN "(21)PP001007", UNKNOWN, BENK_SCAN_GS1, 0, "PP001007", NULL, GTIN },
  { "(01) " GTIN " (21) PP001007", UNKNOWN, BENK_SCAN_GS1, 0, "PP001007", NULL, GTIN },
  { ")01=" GTIN ")21=PP001007", UNKNOWN, BENK_SCAN_GS1, L, "PP001007", NULL, GTIN },
  { ")01=" GTIN ")21=pp001007", UNKNOWN, BENK_SCAN_GS1, L | C, "PP001007", NULL, GTIN },
  { "(01)07038010000011(21)X1", UNKNOWN, BENK_SCAN_GS1, BENK_SCAN_GTIN_ODD, "X1", NULL,
    "07038010000011" },
  { "(17)301332(21)X1", UNKNOWN, BENK_SCAN_GS1, 0, "X1" },
  { "(240)E300(10)B7(21)X(1)2", UNKNOWN, BENK_SCAN_GS1, 0, "X(1)2", NULL, NULL, NULL,
    "B7" },
  { "01" GTIN "21PP001007", UNKNOWN, BENK_SCAN_GS1, 0, "PP001007", NULL, GTIN },
  { "010703801000001121PP001007", UNKNOWN, PLAIN, 0, "010703801000001121PP001007" },
  { "]C101" GTIN "21PP001007|10B7", UNKNOWN, BENK_SCAN_GS1, P | SEP, "PP001007", NULL,
    GTIN, NULL, "B7" },
  { "]C101" GTIN "21PP001007<GS>10B7", UNKNOWN, BENK_SCAN_GS1, P | SEP, "PP001007", NULL,
    GTIN, NULL, "B7" },
  { "]C101" GTIN "21PP00100710B7170301013001", UNKNOWN, BENK_SCAN_GS1, P | SEP | BAD,
    NULL, NULL, GTIN },
  { "]C1010703", UNKNOWN, BENK_SCAN_GS1, P | BAD },
  { "\x1d"
    "21PP001007",
    UNKNOWN, BENK_SCAN_GS1, 0, "PP001007" },
  /* Values with their names. */
  { "SN:PP001007", UNKNOWN, BENK_SCAN_NAMED, 0, "PP001007" },
  { "S/N: PP001007 IMEI: 356938035643809", UNKNOWN, BENK_SCAN_NAMED, 0, "PP001007",
    "356938035643809" },
  { "S-N\303\230 PP001007 IMEI\303\230 356938035643809", UNKNOWN, BENK_SCAN_NAMED, L,
    "PP001007", "356938035643809" },
  { "https://example.org/d?sn=PP001007&imei=356938035643809", UNKNOWN, BENK_SCAN_NAMED, 0,
    "PP001007", "356938035643809" },
  { "{\"sn\":\"PP001007\",\"lot\":\"B7\"}", UNKNOWN, BENK_SCAN_NAMED, 0, "PP001007", NULL,
    NULL, NULL, "B7" },
  { "\303\205\303\206SN\303\206\303\230\303\206PP001007\303\206^", UNKNOWN,
    BENK_SCAN_NAMED, L, "PP001007" },
  /* Labels of our own. */
  { "DOSEBENK.1." ID ".D.037", UNKNOWN, BENK_SCAN_OWN, 0, NULL, NULL, NULL, "D-037" },
  { "DOSEBENK.1." ID, UNKNOWN, BENK_SCAN_OWN, 0 },
  { "dosebenk.1.0190a5b3c4d578e69f0a1b2c3d4e5f60.d.037", ON, BENK_SCAN_OWN, C, NULL, NULL,
    NULL, "D-037" },
  { "dosebenk.1.0190a5b3c4d578e69f0a1b2c3d4e5f60.d.037", OFF, BENK_SCAN_OWN, 0, NULL,
    NULL, NULL, "D-037" },
  { "]Q1DOSEBENK.1." ID ".D.037", UNKNOWN, BENK_SCAN_OWN, P, NULL, NULL, NULL, "D-037" },
  { "\302\250Q1DOSEBENK.1." ID ".D.037", UNKNOWN, BENK_SCAN_OWN, P | L, NULL, NULL, NULL,
    "D-037" },
  { "DOSEBENK.1.0190A5", UNKNOWN, BENK_SCAN_OWN, BAD },
  { "DOSEBENK.1." ID "77", UNKNOWN, BENK_SCAN_OWN, BAD },
  { "DOSEBENK.2.SOMETHING", UNKNOWN, BENK_SCAN_OWN, BENK_SCAN_NEWER },
  { "DOSEBENK.", UNKNOWN, BENK_SCAN_OWN, BAD },
  { "DOSEBENK", UNKNOWN, PLAIN, 0, "DOSEBENK" },
};

static void
test_means (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *one = &cases[i];
      g_autoptr (BenkScan) scan = benk_scan_read (one->raw, one->caps);
      gboolean own = one->kind == BENK_SCAN_OWN &&
                     !(one->findings & (BENK_SCAN_DAMAGED | BENK_SCAN_NEWER));

      g_test_message ("%s", one->raw);
      g_assert_cmpint (scan->kind, ==, one->kind);
      g_assert_cmpuint (scan->findings, ==, one->findings);
      g_assert_cmpstr (scan->serial, ==, one->serial);
      g_assert_cmpstr (scan->imei, ==, one->imei);
      g_assert_cmpstr (scan->gtin, ==, one->gtin);
      g_assert_cmpstr (scan->asset, ==, one->asset);
      g_assert_cmpstr (scan->batch, ==, one->batch);
      g_assert_cmpstr (scan->expiry, ==, one->expiry);
      g_assert_cmpint (benk_id_is_nil (&scan->id), ==, !own);
    }
  g_test_message ("%u cases", (guint) G_N_ELEMENTS (cases));
  g_assert_cmpuint (G_N_ELEMENTS (cases), >=, 60);
}

/* What a US scanner's keys give under a Norwegian layout, with and without Caps Lock. */
static char *
type (const char *text, gboolean layout, gboolean caps)
{
  static const char us[] = "-=[]\\;'/_+{}|:\"?`~@$^&*()<>";
  static const gunichar norwegian[] = { '+',  '\\', 0xe5, 0xa8, '\'', 0xf8, 0xe6,
                                        '-',  '?',  '`',  0xc5, '^',  '*',  0xd8,
                                        0xc6, '_',  '|',  0xa7, '"',  0xa4, '&',
                                        '/',  '(',  ')',  '=',  ';',  ':' };
  GString *out = g_string_new (NULL);

  g_assert_cmpuint (strlen (us), ==, G_N_ELEMENTS (norwegian));
  for (const char *p = text; *p != '\0'; p++)
    {
      const char *at = layout ? strchr (us, *p) : NULL;
      gunichar c = at != NULL ? norwegian[at - us] : (guchar) *p;

      if (caps)
        c = g_unichar_isupper (c) ? g_unichar_tolower (c) : g_unichar_toupper (c);
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static void
test_own_code_survives (void)
{
  static const char *const assets[] = { "D-037", "D-1037", "AB-2-3", NULL };
  guint n = 0;

  for (guint seed = 0; seed < 200; seed++)
    for (guint way = 0; way < 4; way++)
      for (guint prefix = 0; prefix < 2; prefix++)
        {
          const char *asset = assets[seed % G_N_ELEMENTS (assets)];
          g_autofree char *name = g_strdup_printf ("seed %u", seed);
          BenkId id = benk_id_new_named ("device", name);
          g_autofree char *code = benk_scan_compose_own (&id, asset);
          g_autofree char *sent = g_strconcat (prefix ? "]Q1" : "", code, NULL);
          g_autofree char *typed = type (sent, way & 1, way & 2);
          g_autoptr (BenkScan) scan = benk_scan_read (typed, way & 2 ? ON : OFF);

          g_assert_cmpint (scan->kind, ==, BENK_SCAN_OWN);
          g_assert_true (benk_id_equal (&scan->id, &id));
          g_assert_cmpstr (scan->asset, ==, asset);
          n++;
        }
  g_test_message ("%u scans", n);
}

static void
test_own_code_holds_no_other_sign (void)
{
  BenkId id = benk_id_new_named ("device", "x");
  g_autofree char *odd = benk_scan_compose_own (&id, "Å 1/2");
  g_autofree char *plain = benk_scan_compose_own (&id, NULL);
  g_autofree char *code = benk_scan_compose_own (&id, "D-037");

  g_assert_cmpstr (odd, ==, plain);
  g_assert_cmpuint (strspn (code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789."), ==,
                    strlen (code));
}

/* Serials with every usual sign come back whole through a wrong layout. */
static void
test_layout_is_put_right (void)
{
  static const char *const serials[] = { "AB-12",
                                         "AB_12",
                                         "SN:AB-12/3",
                                         "]C1"
                                         "21AB-12",
                                         "(21)AB-12/3",
                                         "A-B:C-D" };

  for (gsize i = 0; i < G_N_ELEMENTS (serials); i++)
    for (guint caps = 0; caps < 2; caps++)
      {
        g_autofree char *typed = type (serials[i], TRUE, caps);
        g_autoptr (BenkScan) scan = benk_scan_read (typed, caps ? ON : OFF);
        g_autoptr (BenkScan) meant = benk_scan_read (serials[i], OFF);

        g_assert_cmpstr (scan->text, ==, meant->text);
        g_assert_cmpstr (scan->serial, ==, meant->serial);
        g_assert_true (scan->findings & BENK_SCAN_LAYOUT);
      }
}

static void
test_ambiguous_keeps_both (void)
{
  g_autoptr (BenkScan) scan = benk_scan_read ("AB-12", OFF);
  g_auto (GStrv) names = benk_scan_get_names (scan);
  const char *const both[] = { "AB-12", "AB/12", NULL };

  g_assert_true (g_strv_equal ((const char *const *) names, both));
}

static void
test_two_barcodes (void)
{
  static const struct
  {
    const char *first;
    const char *second;
    const char *serial;
    const char *imei;
    const char *gtin;
    gboolean joined;
  } pairs[] = {
    { "PP001007", "356938035643809", "PP001007", "356938035643809", NULL, TRUE },
    { "356938035643809", "PP001007", "PP001007", "356938035643809", NULL, TRUE },
    { "7038010000010", "PP001007", "PP001007", NULL, GTIN, TRUE },
    { "]C101" GTIN, "]C121PP001007", "PP001007", NULL, GTIN, TRUE },
    { "PP001007", "PP001008", NULL, NULL, NULL, FALSE },
    { "PP001007", "PP001007", NULL, NULL, NULL, FALSE },
    { "356938035643809", "356938035643817", NULL, NULL, NULL, FALSE },
    { "SN:A1 IMEI:356938035643809", "A2", NULL, NULL, NULL, FALSE },
    { "DOSEBENK.1." ID, "356938035643809", NULL, NULL, NULL, FALSE },
    { "PP001007", "DOSEBENK.1." ID, NULL, NULL, NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (BenkScan) first = benk_scan_read (pairs[i].first, UNKNOWN);
      g_autoptr (BenkScan) second = benk_scan_read (pairs[i].second, UNKNOWN);
      g_autoptr (BenkScan) both = benk_scan_join (first, second);

      g_test_message ("%s + %s", pairs[i].first, pairs[i].second);
      g_assert_cmpint (both != NULL, ==, pairs[i].joined);
      if (both == NULL)
        continue;
      g_assert_cmpstr (both->serial, ==, pairs[i].serial);
      g_assert_cmpstr (both->imei, ==, pairs[i].imei);
      g_assert_cmpstr (both->gtin, ==, pairs[i].gtin);
    }
}

static void
test_what_names_no_device (void)
{
  static const char *const none[] = { "", "7038010000010", "]C101" GTIN, "DOSEBENK.9.X" };

  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_autoptr (BenkScan) scan = benk_scan_read (none[i], UNKNOWN);

      g_assert_false (benk_scan_names_device (scan));
    }
}

static void
test_too_long (void)
{
  g_autofree char *text = g_strnfill (BENK_SCAN_MAX + 1, 'A');
  g_autoptr (BenkScan) scan = benk_scan_read (text, UNKNOWN);

  g_assert_cmpuint (scan->findings, ==, BENK_SCAN_TOO_LONG);
  g_assert_cmpstr (scan->text, ==, "");
  g_assert_false (benk_scan_names_device (scan));
}

static void
test_words (void)
{
  for (guint i = 0; i < BENK_N_SCAN_KINDS; i++)
    g_assert_nonnull (benk_scan_kind_get_label (i));
  for (guint i = 0; i < BENK_N_SCAN_FINDINGS; i++)
    g_assert_nonnull (benk_scan_finding_get_label (1 << i));
  g_assert_null (benk_scan_finding_get_label (1 << BENK_N_SCAN_FINDINGS));
}

/* Keys at so many milliseconds one after the other, the last of them Enter. */
static void
test_burst (void)
{
  static const struct
  {
    const char *keys;
    int gap_ms;
    int end_gap_ms;
    const char *scan;
  } cases_of_typing[] = {
    { "PP001007", 2, 2, "PP001007" },   /* a scanner on a cable */
    { "PP001007", 0, 0, "PP001007" },   /* several in one report */
    { "PP001007", 35, 35, "PP001007" }, /* by radio */
    { "PP001007", 60, 60, NULL },       /* nobody types so, no scanner either */
    { "PP001007", 120, 120, NULL },     /* a person */
    { "PP001007", 2, 400, NULL },       /* Enter by hand after a paste */
    { "abc", 10, 10, NULL },            /* too short */
    { "D-37", 10, 10, "D-37" },
    { "aaaaaaaaaaaa", 30, 30, NULL }, /* a key held down */
    { "\303\230PP001007", 5, 5, "\303\230PP001007" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases_of_typing); i++)
    {
      g_autoptr (BenkScanBurst) burst = benk_scan_burst_new ();
      g_autofree char *scan = NULL;
      gint64 ms = 1000;

      for (const char *p = cases_of_typing[i].keys; *p != '\0'; p = g_utf8_next_char (p))
        {
          ms += cases_of_typing[i].gap_ms;
          benk_scan_burst_add (burst, g_utf8_get_char (p), ms);
        }
      scan = benk_scan_burst_end (burst, ms + cases_of_typing[i].end_gap_ms);
      g_test_message ("%s, %d ms", cases_of_typing[i].keys, cases_of_typing[i].gap_ms);
      g_assert_cmpstr (scan, ==, cases_of_typing[i].scan);
      g_assert_null (benk_scan_burst_end (burst, ms));
    }
}

/* What a person typed before a scan is no part of it. */
static void
test_burst_after_typing (void)
{
  g_autoptr (BenkScanBurst) burst = benk_scan_burst_new ();
  g_autofree char *scan = NULL;
  gint64 ms = 0;

  for (const char *p = "hello"; *p != '\0'; p++)
    g_assert_cmpuint (benk_scan_burst_add (burst, (guchar) *p, ms += 150), ==, 1);
  ms += 500;
  for (const char *p = "PP001007"; *p != '\0'; p++)
    benk_scan_burst_add (burst, (guchar) *p, ms += 3);
  scan = benk_scan_burst_end (burst, ms + 3);
  g_assert_cmpstr (scan, ==, "PP001007");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/scan/means", test_means);
  g_test_add_func ("/core/scan/own-code-survives", test_own_code_survives);
  g_test_add_func ("/core/scan/own-code-holds-no-other-sign",
                   test_own_code_holds_no_other_sign);
  g_test_add_func ("/core/scan/layout-is-put-right", test_layout_is_put_right);
  g_test_add_func ("/core/scan/ambiguous-keeps-both", test_ambiguous_keeps_both);
  g_test_add_func ("/core/scan/two-barcodes", test_two_barcodes);
  g_test_add_func ("/core/scan/what-names-no-device", test_what_names_no_device);
  g_test_add_func ("/core/scan/too-long", test_too_long);
  g_test_add_func ("/core/scan/words", test_words);
  g_test_add_func ("/core/scan/burst", test_burst);
  g_test_add_func ("/core/scan/burst-after-typing", test_burst_after_typing);
  return g_test_run ();
}
