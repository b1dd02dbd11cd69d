"""An SMTP server on loopback that fails on demand, for tests/mail_send.py.

    server = Faulty(decide)         decide(stage, session) -> None or an action; stages: connect, EHLO, STARTTLS, AUTH,
                                    MAIL, RCPT, DATA, body (a first part of it was read), end (the final dot was read)
Actions: a text "450 4.2.0 busy" is the reply; DROP hangs up; STALL says nothing more and waits for the client to go;
GARBAGE answers what is no reply, then hangs up. At "end" they may come after the message was kept: KEPT + (action,).
session.sender, session.recipient, session.commands, session.number (of the connection) tell where it stands.
server.kept lists what the server has taken over, in order: a Kept each. A message counts as taken over when it stands there,
whether or not its sender was ever told.
"""
import base64
import collections
import email
import email.policy
import socket
import ssl
import threading

DROP, STALL, GARBAGE, KEPT = "DROP", "STALL", "GARBAGE", ("KEPT",)
Kept = collections.namedtuple("Kept", "sender recipient message_id data session")


class Session(threading.Thread):
    def __init__(self, server, connection, number):
        super().__init__(daemon=True)
        self.server, self.socket, self.number = server, connection, number
        self.file = connection.makefile("rb")
        self.sender = self.recipient = None
        self.secure = self.known = False
        self.commands = []

    def say(self, line):
        self.socket.sendall(line.encode("utf-8", "surrogateescape") + b"\r\n")

    def act(self, stage):
        """True: go on as usual; False: the action was the answer. Ends the session by exception."""
        action = self.server.decide(stage, self)
        return action is None or self.carry_out(action)

    def carry_out(self, action):
        if action == DROP:
            raise ConnectionAbortedError
        if action == STALL:
            while self.socket.recv(4096):
                pass
            raise ConnectionAbortedError
        if action == GARBAGE:
            self.socket.sendall(b"\x00\xff\x1b[2J what is this\r\n" + b"x" * 3000 + b"\r\n99\r\n")
            raise ConnectionAbortedError
        self.say(action)
        if action.startswith("421"):
            raise ConnectionAbortedError
        return False

    def run(self):
        try:
            self.talk()
        except (OSError, ValueError):
            pass
        finally:
            try:
                self.file.close()
                self.socket.close()
            except OSError:
                pass

    def talk(self):
        if self.server.implicit:
            self.wrap()
        if not self.act("connect"):
            return
        self.say("220 faulty.example ESMTP")
        while line := self.file.readline(4096):
            verb, _, rest = line.decode("utf-8", "surrogateescape").strip().partition(" ")
            verb = verb.upper()
            self.commands.append(verb)
            if verb in ("MAIL", "RCPT"):
                setattr(self, "sender" if verb == "MAIL" else "recipient", rest.partition("<")[2].partition(">")[0])
            if verb == "QUIT":
                self.say("221 2.0.0 bye")
                return
            handler = getattr(self, "on_" + verb.lower(), None)
            if not handler:
                self.say("500 5.5.2 no such command")
            elif self.act(verb):
                handler(rest)

    def wrap(self):
        self.socket = self.server.context.wrap_socket(self.socket, server_side=True)
        self.file = self.socket.makefile("rb")
        self.secure = True

    def on_ehlo(self, _):
        lines = ["faulty.example"]
        if self.server.context and not self.secure:
            lines.append("STARTTLS")
        if self.server.login and (self.secure or not self.server.context):
            lines.append("AUTH PLAIN LOGIN")
        lines.append("ENHANCEDSTATUSCODES")
        for i, text in enumerate(lines):
            self.say(f"250{' ' if i + 1 == len(lines) else '-'}{text}")

    def on_starttls(self, _):
        self.say("220 2.0.0 go on")
        self.wrap()

    def on_auth(self, rest):
        way, _, first = rest.partition(" ")
        if way.upper() == "PLAIN":
            if not first:
                self.say("334 ")
                first = self.file.readline().decode().strip()
            user, password = base64.b64decode(first).split(b"\0")[1:]
        else:
            if not first:
                self.say("334 VXNlcm5hbWU6")
                first = self.file.readline().decode().strip()
            self.say("334 UGFzc3dvcmQ6")
            user, password = base64.b64decode(first), base64.b64decode(self.file.readline())
        self.known = (user.decode(), password.decode()) == self.server.login
        self.say("235 2.7.0 welcome" if self.known else "535 5.7.8 user or password is wrong")

    def on_rset(self, _):
        self.say("250 2.0.0 ok")

    def on_mail(self, _):
        if self.server.login and not self.known:
            self.say("530 5.7.0 log in first")
            return
        self.say("250 2.1.0 ok")

    def on_rcpt(self, _):
        self.say("250 2.1.5 ok")

    def on_data(self, _):
        self.say("354 end with a dot")
        data = bytearray()
        first, early = True, False
        while True:
            line = self.file.readline(1 << 20)
            if not line:
                return  # hung up before the end: no message
            if line == b".\r\n":
                break
            data += line[1:] if line.startswith(b".") else line
            if first:
                first = False
                early = not self.act("body")
        if early:
            return  # it was refused while it came
        action = self.server.decide("end", self)
        if action is None or action[0] == KEPT[0]:
            message = email.message_from_bytes(bytes(data), policy=email.policy.default)
            kept = Kept(self.sender, self.recipient, message["Message-ID"], bytes(data), self.number)
            with self.server.lock:
                self.server.kept.append(kept)
            action = action[1] if action else f"250 2.0.0 Ok: kept as {len(self.server.kept)}"
        self.carry_out(action)


class Faulty:
    def __init__(self, decide=lambda stage, session: None, context=None, implicit=False, login=None):
        self.decide, self.context, self.implicit, self.login = decide, context, implicit, login
        self.kept, self.lock, self.sessions = [], threading.Lock(), 0
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.sessions += 1
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            Session(self, connection, self.sessions).start()

    def close(self):
        self.socket.shutdown(socket.SHUT_RDWR)  # or the thread that waits in accept would keep it open
        self.socket.close()


def context(certificate, key):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate, key)
    return made
