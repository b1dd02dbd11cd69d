"""Postfix of its own, on loopback, in a folder: STARTTLS by a certificate made here, AUTH PLAIN, delivery into Maildir.

The machine's own mail server, if it has one, is not touched. AUTH asks a few lines here that speak Dovecot's protocol.
"""
import base64
import os
import pathlib
import shutil
import socket
import subprocess
import threading
import time

CLIENTS = {"user": "pay", "password": "geheim 密"}
MAIN = """compatibility_level = 3.6
queue_directory = {0}/queue
data_directory = {0}/data
maillog_file = {0}/log
maillog_file_prefixes = {0}
myhostname = localhost
mydestination =
inet_interfaces = 127.0.0.1
alias_maps =
virtual_mailbox_domains = example.com
virtual_mailbox_base = {0}/mail
virtual_mailbox_maps = texthash:{0}/conf/boxes
virtual_minimum_uid = 1
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
smtpd_tls_cert_file = {0}/server.pem
smtpd_tls_key_file = {0}/server.key
smtpd_tls_security_level = encrypt
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{1}
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
import_environment = MAIL_CONFIG
"""
MASTER = """{0} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
"""


def certificates(folder, name="localhost"):
    """ca.pem, and server.pem and server.key by it, for that name."""
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=folder)
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Test CA")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj", f"/CN={name}")
    (pathlib.Path(folder) / "names").write_text(f"subjectAltName=DNS:{name}\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "server.pem",
            "-days", "2", "-extfile", "names")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def answer(connection):
    with connection, connection.makefile("rwb") as line:
        line.write(b"VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t" + b"0" * 32 + b"\nDONE\n")
        line.flush()
        for asked in line:
            words = asked.decode().rstrip("\n").split("\t")
            if words[0] == "AUTH":
                given = next((w[5:] for w in words if w.startswith("resp=")), None)
            elif words[0] == "CONT":
                given = words[2]
            else:
                continue
            if given is None:  # the client waits to be asked for it
                line.write(f"CONT\t{words[1]}\t\n".encode())
                line.flush()
                continue
            user, password = (part.decode() for part in (base64.b64decode(given).split(b"\0") + [b"", b""])[1:3])
            good = (user, password) == (CLIENTS["user"], CLIENTS["password"])
            line.write(f"{'OK' if good else 'FAIL'}\t{words[1]}\tuser={user}\n".encode())
            line.flush()


class Postfix:
    def __init__(self, folder, boxes):
        self.folder = pathlib.Path(folder)
        for name in ("conf", "queue", "data", "mail"):
            (self.folder / name).mkdir(parents=True)
        os.chmod(self.folder, 0o755)
        shutil.chown(self.folder / "data", "postfix")
        shutil.chown(self.folder / "mail", 65534, 65534)
        certificates(self.folder)
        self.auth = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.serve, daemon=True).start()
        self.port = free_port()
        (self.folder / "conf/main.cf").write_text(MAIN.format(self.folder, self.auth.getsockname()[1]))
        (self.folder / "conf/master.cf").write_text(MASTER.format(self.port))
        (self.folder / "conf/boxes").write_text("".join(f"{box}@example.com {box}/\n" for box in boxes))
        self.command("start")
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(self.log())

    def serve(self):
        while True:
            try:
                connection, _ = self.auth.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    def command(self, what):
        return subprocess.run(["/usr/sbin/postfix", "-c", str(self.folder / "conf"), what], capture_output=True, text=True, check=False)

    def log(self):
        path = self.folder / "log"
        return path.read_text() if path.exists() else ""

    def boxes(self, wanted, seconds=15):
        """{name: [message bytes]} once that many messages are there."""
        end = time.monotonic() + seconds
        while True:
            found = {}
            for path in (self.folder / "mail").glob("*/new/*"):
                found.setdefault(path.parts[-3], []).append(path.read_bytes())
            if sum(map(len, found.values())) >= wanted or time.monotonic() > end:
                return found
            time.sleep(0.1)

    def close(self):
        self.command("stop")
        self.auth.close()
