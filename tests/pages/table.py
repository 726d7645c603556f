# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page, dialog and menu of the app, and the way to it.

The pages form a tree: a page is reached from its parent, and left to it. The roots are the worlds
of tour.py, in the order in which one window passes through them.
"""

from steps import FIELDS, Page, field, item, keys, push, reach, row, starting, tab, typed, with_name

FIRST_RUN, EMPTY, LIST, MAIN, CLOSED, OFFLINE, ENDED, PROBLEM, STRAYS = WORLDS = (
    "first-run",
    "signed-in",
    "listed",
    "reading",
    "left",
    "server-gone",
    "ended",
    "no-folder",
    "list-damaged",
)

PASSWORD = "correct horse battery staple"
ALERT = ("alert", "dialog")

WRONG_ADDRESS = "This is not a server address. Server addresses look like “confab.example.org”."


def link(text):
    """Open a link from another program. text: a string, or a function of the tour."""
    return lambda tour: tour.open_link(text(tour) if callable(text) else text)


def reset_link(tour):
    """A link that the server did not write: its token is wrong."""
    return f"confab://reset?server={tour.server.url}&token={'A' * 43}"


def conversation(prefix):
    """Open a conversation by the list."""

    def step(tour):
        if not tour.is_focus_within("list", "Conversations"):
            tour.key("F6")
        tour.reach("list item", None, key="Tab")
        tour.key("Home")
        tour.reach("list item", starting(prefix), key="Down")
        tour.key("Return")

    return step


BACK_TO_FAMILY = (conversation("Family"),)

PAGES = [
    # ---- without an account ----
    Page(
        "server",
        FIRST_RUN,
        (),
        ("heading", "Welcome to Confab"),
        ("server-page", "account-view", "form", "form-field", "text-button"),
    ),
    Page(
        "server-wrong",
        "server",
        (keys("ctrl+a"), typed("not a server"), keys("Return")),
        ("label", WRONG_ADDRESS),
        back=(keys("ctrl+a", "BackSpace"), typed(lambda tour: tour.server.url)),
    ),
    Page("link-wrong", "server", (link("confab://reset"),), (ALERT, "Link Cannot Be Opened")),
    Page("link-reset", "server", (link(reset_link),), (ALERT, "Reset Your Password?")),
    Page(
        "reset-status",
        "link-reset",
        (push("Continue"),),
        ("label", "No Longer Valid"),
        ("reset-status-page",),
        to="server",
    ),
    Page(
        "sign-in",
        "server",
        (keys("ctrl+a"), typed(lambda tour: tour.server.url), keys("Return")),
        ("heading", "Sign In"),
        ("sign-in-page",),
    ),
    Page(
        "register",
        "sign-in",
        (push("Create an Account"),),
        ("heading", "Create an Account"),
        ("register-page", "password-meter"),
    ),
    Page(
        "register-code",
        "register",
        (push("I Have an Invitation or Set-up Code"),),
        (FIELDS, "Invitation or set-up code"),
        to="sign-in",
    ),
    Page(
        "reset-request",
        "sign-in",
        (push("Forgot Password?"),),
        ("heading", "Reset Password"),
        ("reset-request-page",),
    ),
    Page(
        "reset-code",
        "reset-request",
        (field("Email address", lambda tour: tour.chiara.user["email"]), keys("Return")),
        ("heading", "Check Your Email"),
        ("reset-code-page",),
    ),
    Page(
        "reset-password",
        "reset-code",
        (field("Code", lambda tour: tour.reset_code()), keys("Return")),
        ("heading", "New Password"),
        ("reset-password-page",),
    ),
    # ---- the window without conversations ----
    Page("empty", EMPTY, (), ("label", "No Conversations"), ("sidebar",)),
    Page(
        "no-conversation",
        LIST,
        (),
        ("label", "No Conversation Open"),
        ("session-view", "conversation-tile"),
    ),
    # ---- a conversation ----
    Page(
        "conversation",
        MAIN,
        (),
        ("text", "Message"),
        ("conversation-page", "timeline-view", "composer"),
    ),
    Page(
        "conversation-empty",
        "conversation",
        (conversation("dora"),),
        ("button", with_name("dora")),
        back=BACK_TO_FAMILY,
    ),
    Page(
        "details-person",
        "conversation-empty",
        (keys("alt+Return"),),
        ("dialog", "Conversation Details"),
        ("person-card",),
    ),
    Page("main-menu", "conversation", (keys("F10"),), ("menu item", "Preferences")),
    Page(
        "background-question",
        "conversation",
        (keys("ctrl+w"),),
        (ALERT, "Keep Receiving Messages?"),
    ),
    Page(
        "conversation-menu",
        "conversation",
        (push("Conversation Menu"),),
        ("menu item", "Conversation Details"),
    ),
    Page(
        "mute-menu",
        "conversation",
        (push("Conversation Menu"), item("Mute")),
        ("menu item", "For 1 Hour"),
    ),
    Page(
        "message-menu",
        "conversation",
        (reach(FIELDS, "Message"), keys("Escape"), keys("Up"), keys("Menu")),
        ("menu item", "Copy Message"),
    ),
    Page(
        "link-menu",
        "conversation",
        (
            reach(FIELDS, "Message"),
            keys("Escape", "Up", "Up", "Up"),
            reach("link", starting("https://garden")),
            keys("Menu"),
        ),
        ("menu item", "Open Link"),
    ),
    Page("search", "conversation", (keys("ctrl+k"), typed("zzz")), ("label", "No Results")),
    Page(
        "details-group",
        "conversation",
        (keys("alt+Return"),),
        ("dialog", "Conversation Details"),
        ("details-dialog", "mute-row"),
    ),
    Page("person-card", "details-group", (row("bruno"),), ("button", "Message"), ("person-card",)),
    Page(
        "add-people",
        "details-group",
        (push("Add People"),),
        ("button", "Add"),
        ("add-people-page", "people-picker"),
    ),
    Page(
        "remove-member", "details-group", (push(with_name("chiara"), "button"),), (("alert",), None)
    ),
    Page("leave", "details-group", (row("Leave Conversation…"),), (ALERT, "Leave Conversation?")),
    Page(
        "new-conversation",
        "conversation",
        (keys("ctrl+n"),),
        ("dialog", "New Conversation"),
        ("new-conversation-dialog", "people-picker"),
    ),
    Page(
        "new-conversation-nobody",
        "new-conversation",
        (field("Find people", "zzz"),),
        ("label", "No People Found"),
        back=(keys("ctrl+a", "BackSpace"),),
    ),
    Page(
        "new-group",
        "new-conversation",
        (row("New Group"),),
        (FIELDS, "Group name (optional)"),
        ("new-group-page",),
    ),
    Page(
        "shortcuts",
        "conversation",
        (keys("ctrl+question"),),
        ("dialog", "Keyboard Shortcuts"),
        ("shortcuts-dialog",),
    ),
    Page("print", "conversation", (keys("ctrl+p"),), ("button", "Print"), own=False),
    Page("about-confab", "conversation", (keys("F10"), item("About Confab")), ("dialog", "About")),
    Page(
        "sign-out",
        "conversation",
        (keys("F10"), item("Sign Out…")),
        (ALERT, "Sign Out?"),
        ("sign-out-dialog",),
    ),
    Page(
        "add-account",
        "conversation",
        (keys("F10"), item("Add Account…")),
        ("button", "Back to Your Conversations"),
        back=(push("Back to Your Conversations"),),
    ),
    Page(
        "link-invitation",
        "conversation",
        (link(lambda tour: f"confab://invitation?server={tour.server.url}&code=7K3M-Q9TX"),),
        (ALERT, "Accept Invitation?"),
    ),
    Page(
        "reset-dialog",
        "conversation",
        (link(reset_link), push("Continue")),
        ("dialog", "Reset Password"),
        ("reset-dialog", "reset-status-page"),
    ),
    # ---- preferences ----
    Page(
        "preferences",
        "conversation",
        (keys("ctrl+comma"),),
        ("dialog", "Preferences"),
        ("preferences-dialog", "account-page", "picture-row", "export-group"),
    ),
    Page("username", "preferences", (row("Username"),), (FIELDS, "Username"), ("username-page",)),
    Page("about", "preferences", (row("About"),), (FIELDS, "About"), ("about-page",)),
    Page("picture", "preferences", (push("Choose Picture"),), ("button", "Open"), own=False),
    Page(
        "email",
        "preferences",
        (row("Email Address"),),
        (FIELDS, "New email address"),
        ("email-page",),
    ),
    Page(
        "email-code",
        "email",
        (
            field("New email address", "ada.new@mail.example"),
            field("Password", PASSWORD),
            keys("Return"),
        ),
        (FIELDS, "Code"),
        ("email-code-page",),
    ),
    Page(
        "password",
        "preferences",
        (row("Password"),),
        (FIELDS, "Current password"),
        ("change-password-page", "password-meter"),
    ),
    Page(
        "devices",
        "preferences",
        (row("Signed-In Devices"),),
        ("list", "Signed-in devices"),
        ("sessions-page",),
    ),
    Page("export", "preferences", (row("Export Conversations…"),), ("button", "Export"), own=False),
    Page(
        "delete-account",
        "preferences",
        (row("Delete Account…"),),
        (FIELDS, "Your username"),
        ("delete-account-page",),
    ),
    Page(
        "general",
        "preferences",
        (tab("General"),),
        (None, "Send Messages With Enter"),
        ("general-page",),
        back=(tab("Account"),),
    ),
    Page(
        "notifications",
        "general",
        (row("Notifications"),),
        (None, "Notify of New Messages"),
        ("notifications-page",),
    ),
    # ---- administration ----
    Page(
        "administration",
        "preferences",
        (tab("Administration"),),
        ("list item", "Invitations"),
        ("administration-page",),
        back=(tab("Account"),),
    ),
    Page(
        "people",
        "administration",
        (row("People"),),
        ("entry", "Find people"),
        ("people-list-page", "paged-view", "admin-tile"),
    ),
    Page(
        "person",
        "people",
        (reach("list item", starting("bruno")), keys("Return")),
        ("button", "Issue Reset Code"),
        ("person-page",),
    ),
    Page("suspend", "person", (row("Suspend…"),), (ALERT, "Suspend Account?")),
    Page(
        "verify",
        "person",
        (push("Issue Reset Code"),),
        ("dialog", "Confirm It’s You"),
        ("verify-dialog",),
    ),
    Page(
        "code",
        "verify",
        (typed(PASSWORD), keys("Return")),
        ("dialog", "Reset Code"),
        ("code-dialog",),
        to="person",
    ),
    Page(
        "invitations",
        "administration",
        (row("Invitations"),),
        ("combo box", "Expires After"),
        ("invitations-page",),
    ),
    Page("roles", "administration", (row("Roles"),), ("list", "Roles"), ("roles-page",)),
    Page(
        "audit",
        "administration",
        (row("Audit"),),
        ("entry", "Find in the audit"),
        ("audit-list-page",),
    ),
    # ---- a closed conversation ----
    Page(
        "conversation-closed", CLOSED, (), ("button", "Remove From This Computer"), ("closed-bar",)
    ),
    Page(
        "details-closed",
        "conversation-closed",
        (keys("alt+Return"),),
        ("dialog", "Conversation Details"),
    ),
    # ---- without the server ----
    Page("offline", OFFLINE, (), ("button", "Try Again"), ("status-banner",)),
    Page(
        "preferences-offline",
        "offline",
        (keys("ctrl+comma"),),
        ("label", "Your account can be changed once there is a connection to the server."),
    ),
    # ---- after the session was ended from another device ----
    Page("session-ended", ENDED, (), ("button", "Sign In Again")),
    Page(
        "sign-in-again",
        "session-ended",
        (push("Sign In Again"),),
        ("dialog", "Sign In Again"),
        ("password-dialog",),
    ),
    # The last page of this window: its 2,000 objects slow down all further looks at the tree.
    Page(
        "emoji",
        "session-ended",
        (reach(FIELDS, "Message"), keys("ctrl+period")),
        ("entry", None),
        own=False,
    ),
    # ---- without the account's folder, and after damage to the list of accounts ----
    Page("problem", PROBLEM, (), ("button", "Try Again"), ("window",)),
    Page("unsent-text", STRAYS, (), ("dialog", "Unsent Text Found"), ("strays-dialog",)),
]

BY_NAME = {page.name: page for page in PAGES}
