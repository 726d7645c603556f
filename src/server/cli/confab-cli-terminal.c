/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-cli-private.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

/* Return NULL at the end of the input. (transfer full) (nullable) */
static char *
read_line (GDataInputStream *stream)
{
  return g_data_input_stream_read_line (stream, NULL, NULL, NULL);
}

/* Prompt on the terminal and read without echo. */
static char *
ask (GDataInputStream *stream, const char *prompt)
{
  struct termios shown, hidden;
  char *line;

  if (tcgetattr (STDIN_FILENO, &shown) != 0)
    return NULL;

  hidden = shown;
  hidden.c_lflag &= ~ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
  fputs (prompt, stderr);
  line = read_line (stream);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
  fputc ('\n', stderr);

  return line;
}

char *
confab_cli_read_password (void)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) stream = g_data_input_stream_new (input);
  g_autofree char *password = NULL;
  g_autofree char *again = NULL;

  if (!isatty (STDIN_FILENO))
    {
      password = read_line (stream);
    }
  else
    {
      password = ask (stream, "Password: ");
      again = password != NULL ? ask (stream, "The same again: ") : NULL;
      if (password != NULL && g_strcmp0 (password, again) != 0)
        {
          confab_cli_fail ("The passwords differ");
          return NULL;
        }
    }

  if (password == NULL)
    confab_cli_fail ("No password was given");

  return g_steal_pointer (&password);
}
