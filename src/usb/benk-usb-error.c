/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usb-error.h"

#include <glib/gi18n.h>

#include "benk-usb-host.h"

/**
 * benk_usb_error_code:
 * @code: what libusb returned
 *
 * The one place where libusb's return codes become those of #BENK_ERROR.
 *
 * Returns: the code; %BENK_ERROR_FAILED for a code that libusb does not name
 */
BenkError
benk_usb_error_code (enum libusb_error code)
{
  switch (code)
    {
    case LIBUSB_SUCCESS:
    case LIBUSB_ERROR_OTHER:
      return BENK_ERROR_FAILED;
    case LIBUSB_ERROR_IO:
      return BENK_ERROR_IO;
    case LIBUSB_ERROR_INVALID_PARAM:
      return BENK_ERROR_INVALID;
    case LIBUSB_ERROR_ACCESS:
      return BENK_ERROR_PERMISSION;
    case LIBUSB_ERROR_NO_DEVICE:
      return BENK_ERROR_DISCONNECTED;
    case LIBUSB_ERROR_NOT_FOUND:
      return BENK_ERROR_NOT_FOUND;
    case LIBUSB_ERROR_BUSY:
      return BENK_ERROR_BUSY;
    case LIBUSB_ERROR_TIMEOUT:
      return BENK_ERROR_TIMEOUT;
    case LIBUSB_ERROR_OVERFLOW:
    case LIBUSB_ERROR_PIPE:
      return BENK_ERROR_PROTOCOL;
    case LIBUSB_ERROR_INTERRUPTED:
      return BENK_ERROR_CANCELLED;
    case LIBUSB_ERROR_NO_MEM:
      return BENK_ERROR_FULL;
    case LIBUSB_ERROR_NOT_SUPPORTED:
      return BENK_ERROR_UNSUPPORTED;
    }
  return BENK_ERROR_FAILED;
}

/* The sentence a person reads; the original text of libusb stays behind it. */
static const char *
code_sentence (BenkError code)
{
  switch (code)
    {
    case BENK_ERROR_BUSY:
      return _ ("Another program is using the device.");
    case BENK_ERROR_DISCONNECTED:
      return _ ("The device was unplugged.");
    case BENK_ERROR_TIMEOUT:
      return _ ("The device did not answer in time.");
    default:
      return NULL;
    }
}

static GError *
new_error (BenkError code, const char *doing, const char *original)
{
  const char *sentence = code_sentence (code);

  if (code == BENK_ERROR_PERMISSION)
    {
      g_autofree char *refusal = benk_usb_host_describe_refusal ();

      return g_error_new_literal (BENK_ERROR, code, refusal);
    }
  if (sentence != NULL)
    return g_error_new (BENK_ERROR, code, "%s: %s (%s)", doing, sentence, original);
  return g_error_new (BENK_ERROR, code, "%s: %s", doing, original);
}

/**
 * benk_usb_error_new:
 * @code: what libusb returned
 * @doing: what was tried, as the start of a sentence
 *
 * Returns: (transfer full): an error of #BENK_ERROR
 */
GError *
benk_usb_error_new (int code, const char *doing)
{
  return new_error (benk_usb_error_code (code), doing, libusb_error_name (code));
}

/**
 * benk_usb_error_transfer_code:
 * @status: how a transfer ended
 *
 * The one place where the ends of transfers become codes of #BENK_ERROR.
 *
 * Returns: the code
 */
BenkError
benk_usb_error_transfer_code (enum libusb_transfer_status status)
{
  switch (status)
    {
    case LIBUSB_TRANSFER_COMPLETED:
      return BENK_ERROR_FAILED;
    case LIBUSB_TRANSFER_ERROR:
      return BENK_ERROR_IO;
    case LIBUSB_TRANSFER_TIMED_OUT:
      return BENK_ERROR_TIMEOUT;
    case LIBUSB_TRANSFER_CANCELLED:
      return BENK_ERROR_CANCELLED;
    case LIBUSB_TRANSFER_STALL:
    case LIBUSB_TRANSFER_OVERFLOW:
      return BENK_ERROR_PROTOCOL;
    case LIBUSB_TRANSFER_NO_DEVICE:
      return BENK_ERROR_DISCONNECTED;
    }
  return BENK_ERROR_FAILED;
}

static const char *
status_name (enum libusb_transfer_status status)
{
  switch (status)
    {
    case LIBUSB_TRANSFER_COMPLETED:
      return "completed";
    case LIBUSB_TRANSFER_ERROR:
      return "transfer error";
    case LIBUSB_TRANSFER_TIMED_OUT:
      return "timed out";
    case LIBUSB_TRANSFER_CANCELLED:
      return "cancelled";
    case LIBUSB_TRANSFER_STALL:
      return "stall";
    case LIBUSB_TRANSFER_NO_DEVICE:
      return "no device";
    case LIBUSB_TRANSFER_OVERFLOW:
      return "overflow";
    }
  return "unknown";
}

/**
 * benk_usb_error_new_for_transfer:
 * @status: how a transfer ended
 * @doing: what was tried, as the start of a sentence
 *
 * Returns: (transfer full): an error of #BENK_ERROR
 */
GError *
benk_usb_error_new_for_transfer (enum libusb_transfer_status status, const char *doing)
{
  return new_error (benk_usb_error_transfer_code (status), doing, status_name (status));
}
