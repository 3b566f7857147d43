/* SPDX-License-Identifier: GPL-3.0-or-later */

typedef int benk_core_room;
