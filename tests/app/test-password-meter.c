/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>

#include "confab-password-meter.h"
#include "confab-test-widgets.h"

static const struct
{
  const char *password;
  int level;
  const char *text;
} cases[] = {
  { "", 0, "" },
  { "a", 1, "Too short" },
  { "Xq7$kfP2mZ", 2, "Too short" },
  { "passwordpassword", 1, "Very weak" },
  { "ada.lovelaceada.lovelace", 1, "Very weak" },
  { "correct horse battery staple", 5, "Strong" },
  { "Tischlampe, ungern, elf, Kai", 5, "Strong" },
};

static void
test_levels (void)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  ConfabPasswordMeter *meter = g_object_new (CONFAB_TYPE_PASSWORD_METER, "username", "ada.lovelace",
                                             "email", "ada@mail.example", NULL);
  GObject *bar =
      gtk_widget_get_template_child (GTK_WIDGET (meter), CONFAB_TYPE_PASSWORD_METER, "bar");
  GObject *label =
      gtk_widget_get_template_child (GTK_WIDGET (meter), CONFAB_TYPE_PASSWORD_METER, "label");

  gtk_window_set_child (window, GTK_WIDGET (meter));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_object_set (meter, "password", cases[i].password, NULL);
      g_test_message ("%s: %s", cases[i].password, gtk_label_get_text (GTK_LABEL (label)));
      g_assert_cmpint ((int)gtk_level_bar_get_value (GTK_LEVEL_BAR (bar)), ==, cases[i].level);
      g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, cases[i].text);
    }
  gtk_window_destroy (window);
  confab_test_settle ();
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/app/password-meter/levels", test_levels);

  return g_test_run ();
}
