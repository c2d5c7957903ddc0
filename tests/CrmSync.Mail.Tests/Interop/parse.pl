# Reads the mails of a folder with MIME::Tools; one JSON object a line.
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Encode qw(decode);
use File::Basename qw(basename);
use JSON::PP;
use MIME::Parser;

my $json = JSON::PP->new->canonical->ascii;
for my $path (sort glob("$ARGV[0]/*.eml")) {
    my $parser = MIME::Parser->new;
    $parser->output_to_core(1);
    $parser->tmp_to_core(1);
    my $mail = $parser->parse_open($path);
    my (%body, $attached);
    for my $part (grep { !$_->parts } $mail->parts_DFS) {
        if (($part->head->mime_attr('content-disposition') // '') eq 'attachment') { $attached = $part }
        else { $body{$part->mime_type} = decode('UTF-8', $part->bodyhandle->as_string) }
    }
    my $head = $mail->head;
    my @names = $head->tags;
    $head->unfold;
    my $from = $head->get('From');
    $from =~ s/\s*<[^>]*>\s*$//;
    $from =~ s/^"(.*)"$/$1/ and $from =~ s/\\(.)/$1/g;
    chomp(my $subject = $head->get('Subject'));
    print $json->encode({
        mail => basename($path),
        subject => decode('MIME-Header', $subject),
        sender => decode('MIME-Header', $from),
        text => $body{'text/plain'},
        html => $body{'text/html'},
        file => $attached->head->recommended_filename,
        sha256 => sha256_hex($attached->bodyhandle->as_string),
        headers => scalar(@names),
        defects => [],
    }), "\n";
}
