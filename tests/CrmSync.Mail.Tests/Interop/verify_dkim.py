"""Verifies the DKIM signatures of the mails of a folder; prints the names of those that do not verify, then how many there were."""
import dkim, glob, os, sys

record = ("v=DKIM1; k=rsa; p=" + sys.argv[2]).encode()
mails = sorted(glob.glob(os.path.join(sys.argv[1], "*.eml")))
for path in mails:
    with open(path, "rb") as file:
        if not dkim.verify(file.read(), dnsfunc=lambda name, timeout=5: record):
            print(os.path.basename(path))
print(len(mails))
