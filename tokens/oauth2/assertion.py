"""JSON Web Tokens signed with an RSA key (RFC 7515, 7518, 7523), by openssl(1): Python's standard library signs nothing."""
import base64
import json
import os
import subprocess

from .failure import SETUP, Failure

SECONDS = 8
# How openssl is to sign. RFC 7518, 3.3 and 3.5
ALGORITHMS = {"RS256": [], "PS256": ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"]}


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def signed(algorithm, header, claims, key, source):
    """The token, signed with `key` (PEM), which came from `source`, as errors name it.

    The key goes to openssl in memory that has no name in any file system; nothing of it is an argument.
    """
    if "PRIVATE KEY-----" not in key:
        raise Failure(SETUP, f"{source} contains no PEM private key")
    if "ENCRYPTED" in key:
        raise Failure(SETUP, f"the private key in {source} has a passphrase: remove it (openssl pkey); the credential is encrypted anyway")
    words = [{"alg": algorithm, "typ": "JWT", **header}, claims]
    text = ".".join(base64url(json.dumps(part, separators=(",", ":")).encode()) for part in words)
    descriptor = os.memfd_create("key")
    try:
        with open(descriptor, "wb", closefd=False) as memory:
            memory.write(key.encode() + b"\n")
        done = subprocess.run(
            ["/usr/bin/openssl", "dgst", "-sha256", "-sign", f"/proc/self/fd/{descriptor}", *ALGORITHMS[algorithm]],
            input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pass_fds=[descriptor],
            env={"LC_ALL": "C"}, timeout=SECONDS)
    except FileNotFoundError:
        raise Failure(SETUP, "/usr/bin/openssl does not exist: apt install openssl") from None
    except PermissionError:
        raise Failure(SETUP, "/usr/bin/openssl may not be executed: add ExecPaths=+/usr/bin/openssl to the unit's drop-in") from None
    except (OSError, subprocess.TimeoutExpired):
        raise Failure(SETUP, "openssl could not be run to sign the assertion") from None
    finally:
        os.close(descriptor)
    if done.returncode != 0 or not 128 <= len(done.stdout) <= 2048:
        raise Failure(SETUP, f"openssl cannot sign with the private key in {source}: is it a complete RSA key of at least 2048 bits?")
    return f"{text}.{base64url(done.stdout)}"
