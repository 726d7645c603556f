/* SPDX-FileCopyrightText: 2026 The Confab authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "confab-sample-plan.h"

#include <string.h>

#include "confab-sample-corpus.h"

#define N_MESSAGES 5000
#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define SPAN (730 * DAY)

/* The state while planning a conversation. */
typedef struct
{
  ConfabSamplePlan *plan;
  ConfabSampleCorpus *corpus;
  GRand *rand;
  gint64 until;
  ConfabSampleConversation *conversation;
  guint index;
  gboolean at_work;
  guint max_unread;     /* by the first person */
  GPtrArray *dialogues; /* in the order in which they take place */
} Scene;

static void
message_free (gpointer data)
{
  ConfabSampleMessage *self = data;

  g_free (self->text);
  g_free (self->client_id);
  g_free (self);
}

static void
conversation_free (gpointer data)
{
  ConfabSampleConversation *self = data;

  g_free (self->title);
  g_array_unref (self->members);
  g_free (self->client_id);
  g_free (self);
}

/* Return a version 4 UUID determined by the seed. */
static char *
make_uuid (GRand *rand)
{
  guint32 a = g_rand_int (rand), b = g_rand_int (rand);
  guint32 c = g_rand_int (rand), d = g_rand_int (rand);

  return g_strdup_printf ("%08x-%04x-4%03x-%04x-%04x%08x", a, b >> 16, b & 0xfff,
                          0x8000 | (c >> 16 & 0x3fff), c & 0xffff, d);
}

static guint
find_person (char **people, const char *name)
{
  for (guint i = 0; people[i] != NULL; i++)
    {
      if (g_str_equal (people[i], name))
        return i;
    }

  g_error ("The sample's %s is nobody", name);
}

/* Add all dialogues of the setting's topics, shuffled, leaving out those used once in an earlier
 * round. */
static void
add_round (Scene *scene, const ConfabSampleSetting *setting, gboolean first)
{
  guint start = scene->dialogues->len;

  for (guint t = 0; setting->topics[t] != NULL; t++)
    {
      GPtrArray *topic = confab_sample_corpus_get_topic (scene->corpus, setting->topics[t]);

      for (guint i = 0; i < topic->len; i++)
        {
          ConfabSampleDialogue *dialogue = g_ptr_array_index (topic, i);

          if (first || !dialogue->once)
            g_ptr_array_add (scene->dialogues, dialogue);
        }
    }

  for (guint i = scene->dialogues->len - 1; i > start; i--)
    {
      guint j = g_rand_int_range (scene->rand, start, i + 1);
      gpointer swapped = scene->dialogues->pdata[i];

      scene->dialogues->pdata[i] = scene->dialogues->pdata[j];
      scene->dialogues->pdata[j] = swapped;
    }
}

/* Choose enough dialogues for @n_messages. Return how many messages they have in excess. */
static guint
choose_dialogues (Scene *scene, const ConfabSampleSetting *setting, guint n_messages)
{
  guint n = 0, i = 0;

  for (; n < n_messages; i++)
    {
      if (i == scene->dialogues->len)
        add_round (scene, setting, i == 0);
      n += ((ConfabSampleDialogue *)g_ptr_array_index (scene->dialogues, i))->lines->len;
    }

  g_ptr_array_set_size (scene->dialogues, i);

  return n - n_messages;
}

/* Move the dialogue to its time of day, on the day of @moment; at work, to office hours of a
 * working day. */
static gint64
to_waking_hours (Scene *scene, const ConfabSampleDialogue *dialogue, gint64 moment)
{
  gint64 day = moment / DAY;
  guint weekday = (day + 3) % 7; /* 1970 began on a Thursday; 0 is Monday */
  guint from = scene->at_work ? 8 * 60 + 20 : 8 * 60;
  guint to = scene->at_work ? 17 * 60 : 21 * 60 + 30;

  if (scene->at_work && weekday > 4)
    day -= weekday - 4;
  if (dialogue->to > 0)
    {
      from = dialogue->from;
      to = dialogue->to;
    }

  return day * DAY + g_rand_int_range (scene->rand, from * 60, to * 60) * SECOND;
}

typedef struct
{
  gint64 at;
  ConfabSampleDialogue *dialogue;
} Appointment;

static int
compare_appointments (gconstpointer a, gconstpointer b)
{
  const Appointment *x = a;
  const Appointment *y = b;

  return (x->at > y->at) - (x->at < y->at);
}

/* Choose when the dialogues begin, in order: more of them recently, because a new server is used
 * more every month. */
static GArray *
make_appointments (Scene *scene)
{
  GArray *appointments = g_array_new (FALSE, FALSE, sizeof (Appointment));
  gint64 span = scene->until - scene->conversation->created_at - 2 * DAY;

  for (guint i = 0; i < scene->dialogues->len; i++)
    {
      double back = g_rand_double (scene->rand);
      Appointment appointment = { .dialogue = g_ptr_array_index (scene->dialogues, i) };

      appointment.at = to_waking_hours (scene, appointment.dialogue,
                                        scene->until - 1 - (gint64)(back * back * span));
      g_array_append_val (appointments, appointment);
    }

  g_array_sort (appointments, compare_appointments);

  return appointments;
}

/* Return the time for reading, thinking and typing; sometimes the person is away for a while. */
static gint64
choose_pause (GRand *rand, const char *text)
{
  gint64 typing = MIN (g_utf8_strlen (text, -1), 400) * 120;

  if (g_rand_int_range (rand, 0, 9) == 0)
    return typing + g_rand_int_range (rand, 4, 35) * MINUTE;

  return typing + g_rand_int_range (rand, 4, 90) * SECOND;
}

static guint
cast_speaker (Scene *scene, const char *speaker, const guint *parts)
{
  GArray *members = scene->conversation->members;

  if (speaker[1] != '\0')
    return find_person (scene->plan->people, speaker);

  return parts[(speaker[0] - 'A') % members->len];
}

static guint *
shuffle_members (Scene *scene)
{
  GArray *members = scene->conversation->members;
  guint *parts = g_memdup2 (members->data, members->len * sizeof (guint));

  for (guint i = members->len - 1; i > 0; i--)
    {
      guint j = g_rand_int_range (scene->rand, 0, i + 1);
      guint swapped = parts[i];

      parts[i] = parts[j];
      parts[j] = swapped;
    }

  return parts;
}

/* The first person cannot have unread messages of her own, so leave the last dialogue to others if
 * there are enough of them, and at least its last message. */
static void
leave_last_word (Scene *scene, ConfabSampleDialogue *dialogue, guint *parts)
{
  ConfabSampleLine *last = g_ptr_array_index (dialogue->lines, dialogue->lines->len - 1);
  guint n_members = scene->conversation->members->len;
  guint part = n_members - 1;

  for (guint i = 0; i < n_members; i++)
    {
      if (parts[i] == 0)
        {
          parts[i] = parts[part];
          parts[part] = 0;
        }
    }

  if (cast_speaker (scene, last->speaker, parts) == 0)
    {
      parts[part] = parts[0];
      parts[0] = 0;
    }
}

static void
say (Scene *scene, const ConfabSampleLine *line, const guint *parts, gint64 *at)
{
  ConfabSampleConversation *conversation = scene->conversation;
  ConfabSampleMessage *message = g_new0 (ConfabSampleMessage, 1);

  message->text = confab_sample_expand (line->text, scene->rand);
  *at += choose_pause (scene->rand, message->text);
  message->at = MIN (*at, scene->until - 1);
  message->conversation = scene->index;
  message->sender = cast_speaker (scene, line->speaker, parts);
  message->order = conversation->n_messages++;
  message->client_id = make_uuid (scene->rand);
  g_ptr_array_add (scene->plan->messages, message);

  conversation->n_unread = message->sender == 0 ? 0 : conversation->n_unread + 1;
}

/* Plan the messages of a dialogue without its first @skip lines. Return when it ends. */
static gint64
have_dialogue (Scene *scene,
               ConfabSampleDialogue *dialogue,
               guint skip,
               gboolean is_last,
               gint64 at)
{
  g_autofree guint *parts = shuffle_members (scene);

  if (scene->max_unread > 0 && is_last)
    leave_last_word (scene, dialogue, parts);

  for (guint i = skip; i < dialogue->lines->len; i++)
    say (scene, g_ptr_array_index (dialogue->lines, i), parts, &at);

  return at;
}

static void
play_scene (Scene *scene, const ConfabSampleSetting *setting, guint n_messages)
{
  g_autoptr (GArray) appointments = NULL;
  gint64 end = 0;
  guint n_extra = choose_dialogues (scene, setting, n_messages);

  appointments = make_appointments (scene);
  for (guint i = 0; i < appointments->len; i++)
    {
      Appointment *appointment = &g_array_index (appointments, Appointment, i);
      guint skip = MIN (n_extra, appointment->dialogue->lines->len);

      end = have_dialogue (scene, appointment->dialogue, skip, i == appointments->len - 1,
                           MAX (appointment->at, end + 10 * MINUTE));
      n_extra -= skip;
    }

  scene->conversation->n_unread = MIN (scene->conversation->n_unread, scene->max_unread);
}

static ConfabSampleConversation *
begin_conversation (ConfabSamplePlan *plan, const ConfabSampleSetting *setting, GRand *rand)
{
  ConfabSampleConversation *self = g_new0 (ConfabSampleConversation, 1);

  self->is_group = setting->is_group;
  self->title = setting->title[0] != '\0' ? g_strdup (setting->title) : NULL;
  self->client_id = make_uuid (rand);
  self->members = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; setting->members[i] != NULL; i++)
    {
      guint person = find_person (plan->people, setting->members[i]);

      g_array_append_val (self->members, person);
    }

  /* All users join within the first week; conversations begin during the first half year. */
  self->created_at = plan->since + 7 * DAY + plan->conversations->len * 4 * DAY
                     + g_rand_int_range (rand, 8 * 60, 20 * 60) * MINUTE;

  return self;
}

static int
compare_messages (gconstpointer a, gconstpointer b)
{
  const ConfabSampleMessage *x = *(const ConfabSampleMessage *const *)a;
  const ConfabSampleMessage *y = *(const ConfabSampleMessage *const *)b;

  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  if (x->conversation != y->conversation)
    return x->conversation < y->conversation ? -1 : 1;

  return (x->order > y->order) - (x->order < y->order);
}

ConfabSamplePlan *
confab_sample_plan_new (guint32 seed, gint64 until)
{
  g_autoptr (ConfabSampleCorpus) corpus = confab_sample_corpus_load ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  ConfabSamplePlan *self = g_new0 (ConfabSamplePlan, 1);
  guint weight_left = 0, messages_left = N_MESSAGES;

  self->since = until - SPAN;
  self->people = g_strdupv (corpus->people);
  self->conversations = g_ptr_array_new_with_free_func (conversation_free);
  self->messages = g_ptr_array_new_with_free_func (message_free);

  for (guint i = 0; i < corpus->settings->len; i++)
    weight_left += ((ConfabSampleSetting *)g_ptr_array_index (corpus->settings, i))->weight;

  for (guint i = 0; i < corpus->settings->len; i++)
    {
      const ConfabSampleSetting *setting = g_ptr_array_index (corpus->settings, i);
      g_autoptr (GPtrArray) dialogues = g_ptr_array_new ();
      Scene scene = { .plan = self,
                      .corpus = corpus,
                      .rand = rand,
                      .until = until,
                      .index = i,
                      .max_unread = setting->n_unread,
                      .dialogues = dialogues };
      guint n = messages_left * setting->weight / weight_left;

      scene.at_work = g_strv_contains ((const char *const *)setting->topics, "work")
                      || g_strv_contains ((const char *const *)setting->topics, "code");
      scene.conversation = begin_conversation (self, setting, rand);
      g_ptr_array_add (self->conversations, scene.conversation);
      play_scene (&scene, setting, n);
      messages_left -= n;
      weight_left -= setting->weight;
    }

  g_ptr_array_sort (self->messages, compare_messages);

  return self;
}

void
confab_sample_plan_free (ConfabSamplePlan *self)
{
  g_strfreev (self->people);
  g_ptr_array_unref (self->conversations);
  g_ptr_array_unref (self->messages);
  g_free (self);
}
