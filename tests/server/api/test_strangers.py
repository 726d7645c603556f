# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks by strangers on an account do not lock out its owner on known devices and networks."""

import concurrent.futures
import itertools
import urllib.parse

import shared
from client import PASSWORD, Api, new_number
from confabd import Server

WRONG = "wrong" * 4
# Networks that no other test uses: the server distinguishes IPv4 networks by /24.
_networks = itertools.count(1)


def new_network():
    """Return a function that makes addresses of one network."""
    number = next(_networks)
    hosts = itertools.count(1)
    return lambda: f"127.200.{number}.{next(hosts)}"


class Strangers(shared.ApiTest):
    def setUp(self):
        super().setUp()
        self.home = new_network()
        self.owner = self.at(self.home()).register()

    def at(self, address):
        api = Api(self.server, address)
        self.addCleanup(api.close)
        return api

    def attempt(self, api, password=PASSWORD, **members):
        return api.call(
            "signIn",
            (201, 401, 429),
            json_body={
                "login": self.owner.name,
                "password": password,
                "device_name": "t",
                **members,
            },
        ).status

    def attack(self, number=60, networks=None, **members):
        """Send wrong passwords from addresses in ten networks until all of them have to wait."""
        strangers = [self.at((networks or new_network())()) for _ in range(10)]
        for _ in range(number):
            if {self.attempt(api, WRONG, **members) for api in strangers} == {429}:
                return strangers
        return self.fail("wrong passwords, and never throttled")

    def test_another_device_in_another_network_waits(self):
        self.attack()
        self.assertEqual(self.attempt(self.at(new_network()())), 429)

    def test_known_device(self):
        self.attack()
        abroad = self.at(new_network()())
        for _ in range(20):
            self.assertEqual(self.attempt(abroad, device_secret=self.owner.device_secret), 201)
        # Without the device's secret, or with another one, a client is a stranger.
        other = self.at(new_network()()).register()
        farther = self.at(new_network()())
        for members in (
            {"device_secret": secret}
            for secret in (other.device_secret, "A" * 43, "nonsense", "", None)
        ):
            self.attack()  # their wait ends soon
            self.assertEqual(self.attempt(farther, **members), 429, members)
        # The owner is known in the device's network.
        self.assertEqual(self.attempt(abroad), 201)

    def test_known_network(self):
        self.attack()
        for _ in range(20):
            self.assertEqual(self.attempt(self.at(self.home())), 201)

    def test_all_the_while(self):
        """During an attack the owner can sign in, from a known device and from a known network."""
        strangers = self.attack()
        abroad, at_home = self.at(new_network()()), self.at(self.home())
        for _ in range(20):
            for api in strangers:
                self.attempt(api, WRONG)
            self.assertEqual(self.attempt(abroad, device_secret=self.owner.device_secret), 201)
            self.assertEqual(self.attempt(at_home), 201)

    def test_signed_in(self):
        """When a session asks for the password again, only its own mistakes count."""
        self.attack()
        self.attack(networks=self.home)
        self.owner.verify()
        self.owner.call(
            "changePassword",
            204,
            json_body={"current_password": PASSWORD, "password": PASSWORD + "2"},
        )
        self.owner.verify(PASSWORD + "2")

    def test_each_bucket_is_bounded(self):
        """Known devices are limited, too, in case an attacker has stolen one."""
        for api, members in (
            (self.at(self.home()), {}),
            (self.at(new_network()()), {"device_secret": self.owner.device_secret}),
        ):
            answers = [self.attempt(api, WRONG, **members) for _ in range(30)]
            self.assertLessEqual(answers.count(401), 12)
        verify = {"json_body": {"password": WRONG}}
        answers = [self.owner.call("verifySession", (401, 429), **verify).status for _ in range(30)]
        self.assertLessEqual(answers.count(401), 6)
        # Another session of the account is not affected.
        self.at(new_network()()).sign_in(self.owner.name).verify()

    def test_an_address_full_of_strangers(self):
        """Limits per address do not affect a known device."""
        with Server(("limits", "sign_ins_per_minute", 5)) as server:
            address = new_network()()
            owner = Api(server, address).register()
            neighbour = Api(server, address)
            for _ in range(20):
                neighbour.call(
                    "signIn",
                    (401, 429),
                    json_body={
                        "login": f"nobody{new_number()}",
                        "password": WRONG,
                        "device_name": "t",
                    },
                )
            body = {"login": owner.name, "password": PASSWORD, "device_name": "t"}
            neighbour.call("signIn", 429, json_body=body)
            Api(server, address).call(
                "signIn", 201, json_body={**body, "device_secret": owner.device_secret}
            )

    def test_one_secret_for_all_accounts_of_a_device(self):
        second = self.at(self.home())
        answer = second.call(
            "signIn",
            201,
            json_body={
                "login": self.at(new_network()()).register().name,
                "password": PASSWORD,
                "device_name": "t",
                "device_secret": self.owner.device_secret,
            },
        )
        self.assertEqual(answer.json["device_secret"], self.owner.device_secret)

    def test_stays_after_a_restart_and_signing_out(self):
        with Server() as server:
            owner = Api(server, new_network()()).register()
            owner.call("endSession", 204, id="current")
            server.restart()
            login = {"login": owner.name, "device_name": "t"}
            for _ in range(12):
                Api(server, new_network()()).call(
                    "signIn", (401, 429), json_body={**login, "password": WRONG}
                )
            Api(server, new_network()()).call(
                "signIn", 429, json_body={**login, "password": PASSWORD}
            )
            Api(server, new_network()()).call(
                "signIn",
                201,
                json_body={**login, "password": PASSWORD, "device_secret": owner.device_secret},
            )

    def test_a_reset_makes_the_network_known(self):
        """Without a known device or network, a reset by mail helps."""
        link = (
            self.admin()
            .verify()
            .call("issueResetCode", 201, json_body={}, id=self.owner.id)
            .json["link"]
        )
        token = urllib.parse.parse_qs(urllib.parse.urlsplit(link).query)["token"][0]
        self.attack()
        abroad = new_network()
        self.at(abroad()).call(
            "completeReset", 204, json_body={"token": token, "password": PASSWORD}
        )
        self.assertEqual(self.attempt(self.at(abroad())), 201)

    def test_busy_is_no_attempt(self):
        """A server too busy to hash answers 503 and counts no attempt; eight per address wait."""
        with Server(("limits", "hash_threads", 1), ("limits", "sign_ins_per_minute", 60)) as server:
            address = new_network()()

            def attempt(_=None):
                return (
                    Api(server, address)
                    .call(
                        "signIn",
                        (401, 429, 503),
                        json_body={
                            "login": f"nobody{new_number()}",
                            "password": WRONG,
                            "device_name": "t",
                        },
                    )
                    .status
                )

            with concurrent.futures.ThreadPoolExecutor(200) as pool:
                answers = list(pool.map(attempt, range(200)))
            self.assertIn(503, answers)
            made = answers.count(401)
            if made >= 50:
                self.skipTest("this machine hashes as fast as it is asked")
            # Of sixty attempts only those made were counted.
            self.assertNotIn(429, answers)
            left = 0
            while attempt() == 401:
                left += 1
            self.assertGreaterEqual(left + made, 59)

    def test_many_from_one_address_wait_behind_themselves(self):
        """One address cannot fill the queue: others are served in turn."""
        with Server(("limits", "hash_threads", 1)) as server:
            crowd, alone = new_network()(), new_network()()
            owner = Api(server, alone).register()

            def attempt(_):
                return (
                    Api(server, crowd)
                    .call(
                        "signIn",
                        (401, 429, 503),
                        json_body={
                            "login": f"nobody{new_number()}",
                            "password": WRONG,
                            "device_name": "t",
                        },
                    )
                    .status
                )

            with concurrent.futures.ThreadPoolExecutor(40) as pool:
                flood = [pool.submit(attempt, n) for n in range(40)]
                for _ in range(5):
                    Api(server, alone).call(
                        "signIn",
                        201,
                        json_body={"login": owner.name, "password": PASSWORD, "device_name": "t"},
                    )
                self.assertIn(503, {future.result() for future in flood})
