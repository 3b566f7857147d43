/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#define NUMBER "13116900216"

/* What stands in one resource, and what is made of it; NULL is not looked at. */
typedef struct
{
  const char *name;
  const char *members;
  const char *code;
  const char *text;
  const char *serial;
  const char *flaw;
} IssueRow;

#define META "\"meta\":{\"versionId\":\"1\",\"lastUpdated\":\"2025-11-03T07:05:13Z\"},"
#define OPEN META "\"status\":\"preliminary\","
#define VKP "http://ehelse.no/fhir/CodeSystem/vkp-alert-code-v090"
#define JAM "\"code\":{\"coding\":[{\"code\":\"1.8\"}]}"
#define NO_NUMBER "$.entry[0].resource.author.identifier.value"
#define NO_CODE "$.entry[0].resource.code.coding"
#define SERIAL_IS(x) "\"author\":{\"identifier\":{\"value\":\"" x "\"}},"
#define WHO SERIAL_IS ("S1")

static const IssueRow issue_rows[] = {
  { "unknown-code-is-kept",
    OPEN WHO
    "\"code\":{\"coding\":[{\"system\":\"urn:x\",\"code\":\"Z9\",\"display\":\"Z\"}]}",
    "Z9", "Z", "S1", "" },
  { "older-national-code-is-kept",
    OPEN WHO "\"code\":{\"coding\":[{\"system\":"
             "\"http://ehelse.no/fhir/CodeSystem/vkp-event-v06\",\"code\":\"4\"}]}",
    "4", NULL, "S1", "" },
  { "todays-national-code-wins",
    OPEN WHO
    "\"code\":{\"coding\":[{\"system\":\"urn:x\",\"code\":\"a\"},{\"system\":\"" VKP
    "\",\"code\":\"1.10\"},{\"system\":\"urn:y\",\"code\":\"b\"}]}",
    "1.10", NULL, "S1", "" },
  { "single-object-for-a-list",
    OPEN WHO "\"code\":{\"coding\":{\"system\":\"" VKP "\",\"code\":\"1.1\"}}", "1.1",
    NULL, "S1", "" },
  { "words-without-code", OPEN WHO "\"code\":{\"text\":\"Noe er galt\"}", NULL,
    "Noe er galt", "S1", NO_CODE },
  { "no-code-at-all", OPEN WHO "\"detail\":\"x\"", NULL, NULL, "S1",
    "$.entry[0].resource.code" },
  { "code-is-a-number", OPEN WHO "\"code\":{\"coding\":[{\"code\":1.1}]}", NULL, NULL,
    "S1", NO_CODE },
  { "contained-device",
    OPEN
    "\"contained\":[{\"resourceType\":\"Device\",\"id\":\"d\",\"serialNumber\":\"S2\"}],"
    "\"author\":{\"reference\":\"#d\"}," JAM,
    "1.8", NULL, "S2", "" },
  { "implicated-device",
    OPEN "\"author\":{\"type\":\"Practitioner\",\"identifier\":{\"value\":\"P\"}},"
         "\"implicated\":[{\"type\":\"Device\",\"identifier\":{\"value\":\"S3\"}}]," JAM,
    "1.8", NULL, "S3", "" },
  { "no-device", OPEN JAM, "1.8", NULL, NULL, "" },
  { "time-without-zone", OPEN WHO "\"identifiedDateTime\":\"2025-11-03T08:05:12\"," JAM,
    "1.8", NULL, "S1", "$.entry[0].resource.identifiedDateTime" },
  { "time-in-a-year-from-now",
    OPEN WHO "\"identifiedDateTime\":\"2026-11-03T08:05:12Z\"," JAM, "1.8", NULL, "S1",
    "$.entry[0].resource.identifiedDateTime" },
  { "unknown-status", META WHO "\"status\":\"sleeping\"," JAM, "1.8", NULL, "S1",
    "$.entry[0].resource.status" },
  { "unknown-severity", OPEN WHO "\"severity\":\"dire\"," JAM, "1.8", NULL, "S1",
    "$.entry[0].resource.severity" },
  { "no-version", "\"status\":\"preliminary\"," WHO JAM, "1.8", NULL, "S1",
    "$.entry[0].resource.meta.versionId" },
  { "number-and-name-in-the-words",
    OPEN WHO "\"patient\":{\"identifier\":{\"value\":\"" NUMBER "\"},\"display\":\"Line "
             "Danser\"},\"code\":{\"text\":\"Line Danser (" NUMBER "): fast\","
             "\"coding\":[{\"code\":\"1.8\"}]}",
    "1.8", "… (…): fast", "S1", "" },
  { "number-as-serial",
    OPEN "\"patient\":{\"identifier\":{\"value\":\"" NUMBER "\"}}," SERIAL_IS (NUMBER)
      JAM,
    "1.8", NULL, NULL, NO_NUMBER },
  { "number-of-another-as-serial", OPEN SERIAL_IS (NUMBER) JAM, "1.8", NULL, NULL,
    NO_NUMBER },
  { "name-and-address-as-serial",
    OPEN SERIAL_IS ("Kari Nordmanns dispenser, Storgata 5") JAM, "1.8", NULL, NULL,
    NO_NUMBER },
  { "person-implicated-by-register",
    OPEN "\"implicated\":[{\"identifier\":{\"system\":\"urn:oid:2.16.578.1.12.4.1.4.1\","
         "\"value\":\"4711\"}}]," JAM,
    "1.8", NULL, NULL, "" },
  { "person-implicated-by-reference",
    OPEN
    "\"implicated\":[{\"reference\":\"Patient/77\",\"identifier\":{\"value\":"
    "\"4711\"}},{\"reference\":\"Device/7\",\"identifier\":{\"value\":\"S4\"}}]," JAM,
    "1.8", NULL, "S4", "" },
  { "contained-person",
    OPEN "\"contained\":[{\"resourceType\":\"Practitioner\",\"id\":\"p\",\"identifier\":"
         "[{\"value\":\"4711\"}]}],\"author\":{\"reference\":\"#p\"}," JAM,
    "1.8", NULL, NULL, "" },
  { "words-as-code",
    OPEN WHO "\"code\":{\"coding\":[{\"system\":\"urn:x\",\"code\":\"Ring Kari "
             "99887766\",\"display\":\"Fast\"}]}",
    NULL, NULL, "S1", NO_CODE },
  { "words-as-system",
    OPEN WHO
    "\"code\":{\"coding\":[{\"system\":\"urn:x:Kari Nordmann\",\"code\":\"Z9\"}]}",
    NULL, NULL, "S1", NO_CODE },
  { "control-characters-and-half-surrogates",
    OPEN WHO "\"code\":{\"text\":\"a\\u0000b\\ud800c\\udc00\\nd\","
             "\"coding\":[{\"code\":\"1.8\"}]}",
    "1.8", "a\357\277\275b\357\277\275c\357\277\275 d", "S1", "" },
};
