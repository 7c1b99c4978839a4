"""A mail server on loopback, as much of one as a client needs (RFC 5321): it keeps what it is sent."""

import email
import socketserver
import threading
from email import policy


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self._say("220 loopback")
        recipients = []
        while line := self.rfile.readline().decode().strip():
            verb = line.split(" ", 1)[0].split(":")[0].upper()
            if verb == "QUIT":
                self._say("221 bye")
                return
            if verb == "RCPT":
                address = line.split("<")[1].split(">")[0]
                if address in self.server.refuses:
                    self._say("550 no such person here")
                    continue
                recipients.append(address)
            if verb == "DATA":
                self._say("354 go on")
                self.server.mails.append((recipients, self._message()))
                recipients = []
            self._say("250 fine")

    def _message(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        return email.message_from_bytes(b"".join(lines), policy=policy.default)

    def _say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


class LoopbackServer(socketserver.ThreadingTCPServer):
    """`mails` are (recipients, message) pairs in the order they came."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), _Conversation)
        self.mails, self.refuses = [], set()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def stop(self):
        self.shutdown()
        self.server_close()
