/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Puts load on confabd with plain sockets, which cost so little that they do not affect the
 * measurement.
 *
 *   confab-load send HOST PORT SECONDS   clients on standard input, a line each:
 *                                        TOKEN CURSOR CONVERSATION MEMBERS
 *     Every client keeps one stream open and one PUT in progress. Prints one JSON object when
 *     all acknowledged messages have been delivered to every member's stream (or 10 s after
 *     the end).
 *   confab-load idle HOST PORT           streams on standard input, a line each: TOKEN CURSOR
 *     Opens a stream for each line, prints "ready", and keeps them open until standard input
 *     ends. */

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_EVENTS 256
#define READ_BYTES 65536

typedef struct _Client Client;

typedef struct
{
  Client *client;
  int fd;
  GByteArray *in;
  gboolean upgraded; /* a stream whose 101 has been read */
} Socket;

struct _Client
{
  char *token;
  char *cursor;
  gint64 conversation;
  guint members;
  Socket http;
  Socket stream;
  gint64 sent_at; /* µs */
};

typedef struct
{
  struct sockaddr_in address;
  int epoll;
  GPtrArray *clients;
  GArray *latencies; /* µs, double */
  guint64 acknowledged;
  guint64 expected; /* deliveries */
  guint64 delivered;
  guint64 failed;
  guint ready;
  gint64 stop_at;
} Load;

static void
die (const char *what)
{
  g_printerr ("confab-load: %s: %s\n", what, g_strerror (errno));
  exit (1);
}

static void
write_all (int fd, const void *data, gsize length)
{
  const char *at = data;

  while (length > 0)
    {
      gssize n = write (fd, at, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        die ("write");
      at += n;
      length -= n;
    }
}

static void
socket_open (Load *self, Socket *sock, Client *client)
{
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = sock };
  int one = 1;

  sock->client = client;
  sock->in = g_byte_array_new ();
  sock->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (sock->fd < 0
      || connect (sock->fd, (struct sockaddr *)&self->address, sizeof self->address) < 0)
    die ("connect");
  setsockopt (sock->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (epoll_ctl (self->epoll, EPOLL_CTL_ADD, sock->fd, &event) < 0)
    die ("epoll_ctl");
}

/* RFC 6455 §4.1. The key must be random only in browsers. */
static void
stream_open (Load *self, Client *client)
{
  g_autofree char *request = NULL;

  socket_open (self, &client->stream, client);
  request =
      g_strdup_printf ("GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                       "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                       "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: confab.v1\r\n"
                       "Authorization: Bearer %s\r\n\r\n",
                       client->token);
  write_all (client->stream.fd, request, strlen (request));
}

/* Write a masked text or pong frame below 64 KiB; a mask of zeros leaves the payload unchanged
 * (§5.3). */
static void
stream_write (Client *client, guint8 opcode, const void *data, gsize length)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  guint8 head[8] = { 0x80 | opcode, 0x80 };
  gsize head_length = 2;

  g_assert (length < 65536);
  if (length < 126)
    head[1] |= length;
  else
    {
      head[1] |= 126;
      head[2] = length >> 8;
      head[3] = length & 0xff;
      head_length = 4;
    }
  g_byte_array_append (frame, head, head_length);
  g_byte_array_append (frame, (const guint8 *)"\0\0\0\0", 4);
  g_byte_array_append (frame, data, length);
  write_all (client->stream.fd, frame->data, frame->len);
}

static void
stream_hello (Client *client)
{
  g_autofree char *hello =
      g_strdup_printf ("{\"type\":\"hello\",\"cursor\":\"%s\"}", client->cursor);

  stream_write (client, 1, hello, strlen (hello));
}

static void
client_send (Client *client)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *body = g_strdup_printf (
      "{\"content\":\"A message of the usual length, as people write them: %.8s\"}", uuid);
  g_autofree char *request =
      g_strdup_printf ("PUT /v1/conversations/%" G_GINT64_FORMAT "/messages/%s HTTP/1.1\r\n"
                       "Host: localhost\r\nAuthorization: Bearer %s\r\n"
                       "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                       client->conversation, uuid, client->token, strlen (body), body);

  client->sent_at = g_get_monotonic_time ();
  write_all (client->http.fd, request, strlen (request));
}

static guint
count_messages (const guint8 *data, gsize length)
{
  static const char needle[] = "\"client_id\"";
  const guint8 *end = data + length;
  guint count = 0;

  for (const guint8 *at = data; (at = memmem (at, end - at, needle, sizeof needle - 1)) != NULL;
       at++)
    count++;
  return count;
}

/* Take one complete frame, if there is one. Return its length in bytes. */
static gsize
stream_take_frame (Load *self, Client *client, const guint8 *data, gsize length)
{
  gsize head = 2;
  guint64 payload;

  if (length < 2)
    return 0;
  payload = data[1] & 0x7f;
  if (payload == 126)
    {
      if (length < 4)
        return 0;
      payload = (data[2] << 8) | data[3];
      head = 4;
    }
  else if (payload == 127)
    {
      if (length < 10)
        return 0;
      payload = 0;
      for (int i = 2; i < 10; i++)
        payload = (payload << 8) | data[i];
      head = 10;
    }
  if (length < head + payload)
    return 0;
  switch (data[0] & 0x0f)
    {
    case 0x8:
      self->failed++;
      break;
    case 0x9:
      stream_write (client, 0xA, data + head, payload);
      break;
    default:
      if (memmem (data + head, payload, "\"ready\"", 7) != NULL)
        self->ready++;
      self->delivered += count_messages (data + head, payload);
      break;
    }
  return head + payload;
}

static void
stream_read (Load *self, Socket *sock)
{
  gsize taken = 0;
  gsize n;

  if (!sock->upgraded)
    {
      const guint8 *end = memmem (sock->in->data, sock->in->len, "\r\n\r\n", 4);

      if (end == NULL)
        return;
      if (memmem (sock->in->data, 12, " 101", 4) == NULL)
        {
          g_printerr ("confab-load: %.*s\n", (int)sock->in->len, (const char *)sock->in->data);
          exit (1);
        }
      sock->upgraded = TRUE;
      taken = end + 4 - sock->in->data;
      stream_hello (sock->client);
    }
  while ((n = stream_take_frame (self, sock->client, sock->in->data + taken, sock->in->len - taken))
         > 0)
    taken += n;
  if (taken > 0)
    g_byte_array_remove_range (sock->in, 0, taken);
}

static void
http_read (Load *self, Socket *sock)
{
  const char *text = (const char *)sock->in->data;
  const char *end = memmem (text, sock->in->len, "\r\n\r\n", 4);
  const char *field;
  gsize length = 0;

  if (end == NULL)
    return;
  for (field = text; field != NULL && field < end;
       field = memmem (field + 1, end - field, "\r\n", 2))
    if (g_ascii_strncasecmp (field, "\r\ncontent-length:", 17) == 0)
      length = g_ascii_strtoull (field + 17, NULL, 10);
  if (sock->in->len < (gsize)(end + 4 - text) + length)
    return;
  if (memmem (text, 13, " 201", 4) != NULL)
    {
      double took = g_get_monotonic_time () - sock->client->sent_at;

      self->acknowledged++;
      self->expected += sock->client->members;
      g_array_append_val (self->latencies, took);
    }
  else
    {
      if (self->failed++ == 0)
        g_printerr ("confab-load: %.*s\n", (int)sock->in->len, text);
    }
  g_byte_array_remove_range (sock->in, 0, end + 4 - text + length);
  if (g_get_monotonic_time () < self->stop_at)
    client_send (sock->client);
}

static void
turn (Load *self, int timeout)
{
  static guint8 buffer[READ_BYTES];
  struct epoll_event events[MAX_EVENTS];
  int n = epoll_wait (self->epoll, events, MAX_EVENTS, timeout);

  for (int i = 0; i < n; i++)
    {
      Socket *sock = events[i].data.ptr;
      gssize got = read (sock->fd, buffer, sizeof buffer);

      if (got <= 0)
        {
          g_printerr ("confab-load: the server closed a connection\n");
          exit (1);
        }
      g_byte_array_append (sock->in, buffer, got);
      if (sock == &sock->client->stream)
        stream_read (self, sock);
      else
        http_read (self, sock);
    }
}

static void
read_clients (Load *self)
{
  char line[512];

  while (fgets (line, sizeof line, stdin) != NULL && line[0] != '\n')
    {
      g_auto (GStrv) words = g_strsplit (g_strchomp (line), " ", 4);
      guint count = g_strv_length (words);
      Client *client = g_new0 (Client, 1);

      if (count != 2 && count != 4)
        {
          g_printerr ("confab-load: not a client: %s\n", line);
          exit (2);
        }
      client->token = g_strdup (words[0]);
      client->cursor = g_strdup (words[1]);
      if (count == 4)
        {
          client->conversation = g_ascii_strtoll (words[2], NULL, 10);
          client->members = atoi (words[3]);
        }
      g_ptr_array_add (self->clients, client);
    }
}

/* Open a few streams at a time, as real clients would. */
static void
open_streams (Load *self)
{
  for (guint i = 0; i < self->clients->len; i++)
    {
      stream_open (self, g_ptr_array_index (self->clients, i));
      while (self->ready + 8 < i + 1)
        turn (self, 1000);
    }
  while (self->ready < self->clients->len)
    turn (self, 1000);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a;
  double y = *(const double *)b;

  return (x > y) - (x < y);
}

static double
percentile (GArray *sorted, double fraction)
{
  return sorted->len == 0 ? 0
                          : g_array_index (sorted, double, (guint)(fraction * (sorted->len - 1)));
}

static void
run_send (Load *self, double seconds)
{
  gint64 start = g_get_monotonic_time ();
  gint64 last_send;
  gint64 end;

  self->stop_at = start + (gint64)(seconds * G_USEC_PER_SEC);
  for (guint i = 0; i < self->clients->len; i++)
    {
      Client *client = g_ptr_array_index (self->clients, i);

      socket_open (self, &client->http, client);
      client_send (client);
    }
  while (g_get_monotonic_time () < self->stop_at)
    turn (self, 100);
  last_send = g_get_monotonic_time ();
  while (self->delivered < self->expected
         && g_get_monotonic_time () < last_send + 10 * G_USEC_PER_SEC)
    turn (self, 100);
  end = g_get_monotonic_time ();
  g_array_sort (self->latencies, compare_doubles);
  g_print ("{\"acknowledged\": %" G_GUINT64_FORMAT ", \"delivered\": %" G_GUINT64_FORMAT
           ", \"expected\": %" G_GUINT64_FORMAT ", \"failed\": %" G_GUINT64_FORMAT
           ", \"seconds\": %.3f, \"p50_ms\": %.3f, \"p99_ms\": %.3f}\n",
           self->acknowledged, self->delivered, self->expected, self->failed,
           (end - start) / (double)G_USEC_PER_SEC, percentile (self->latencies, 0.5) / 1000,
           percentile (self->latencies, 0.99) / 1000);
}

/* Answer pings until standard input is closed. */
static void
run_idle (Load *self)
{
  g_print ("ready\n");
  fflush (stdout);
  fcntl (STDIN_FILENO, F_SETFL, O_NONBLOCK);
  for (;;)
    {
      char byte;
      gssize n = read (STDIN_FILENO, &byte, 1);

      if (n == 0)
        return;
      turn (self, 200);
    }
}

int
main (int argc, char **argv)
{
  Load self = { .address = { .sin_family = AF_INET } };

  if (argc < 4 || inet_pton (AF_INET, argv[2], &self.address.sin_addr) != 1
      || !((g_str_equal (argv[1], "send") && argc == 5)
           || (g_str_equal (argv[1], "idle") && argc == 4)))
    {
      g_printerr ("Usage: confab-load send HOST PORT SECONDS | idle HOST PORT\n");
      return 2;
    }
  self.address.sin_port = htons (atoi (argv[3]));
  self.epoll = epoll_create1 (EPOLL_CLOEXEC);
  self.clients = g_ptr_array_new ();
  self.latencies = g_array_new (FALSE, FALSE, sizeof (double));
  read_clients (&self);
  open_streams (&self);
  if (argc == 5)
    run_send (&self, g_ascii_strtod (argv[4], NULL));
  else
    run_idle (&self);
  return self.failed > 0;
}
