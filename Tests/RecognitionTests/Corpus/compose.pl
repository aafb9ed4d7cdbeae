#!/usr/bin/env perl
# Composes the same letter with MIME::Lite, Email::MIME, Encode and nkf, and what must be read out of each.
#
#     compose.pl DIRECTORY
#
# Needs libmime-lite-perl, libemail-mime-perl and nkf. Writes perl-NNN.eml and expected.jsonl.
use strict;
use warnings;
use utf8;
use Email::MIME;
use Encode;
use Encode::MIME::Header::ISO_2022_JP;
use JSON::PP;
use MIME::Lite;

my $directory = shift or die "usage: compose.pl DIRECTORY\n";
my $url       = 'https://www.login.secomtrust.net/customer/customer/pfw/pfw-public-user-login.do';
my $subject   = 'お客様専用画面ログイン用ワンタイムパスワードのご案内';
my $sender    = 'セコムCAサポートセンター';
my %codecs    = (
    'ISO-2022-JP' => '7bit-jis', 'iso-2022-jp' => 'iso-2022-jp', 'iso-2022-jp-1' => 'iso-2022-jp-1',
    'Shift_JIS'   => 'cp932',    'EUC-JP'      => 'euc-jp',      'UTF-8'         => 'utf8',
);
srand 5;
open my $expected, '>', "$directory/expected.jsonl" or die;
my $number = 0;

sub password { join '', map { chr(0x21 + int rand 94) } 1 .. 4 + int rand 12 }

sub text {
    my ($password, $codec) = @_;
    my $extra = $codec eq 'cp932' || $codec eq 'utf8' ? "①～⑳㈱\nﾊﾝｶｸ\n" : '';
    return "お客さま各位\n\n下記ＵＲ\nＬにアクセスし、${extra}○ワンタイムパスワード\n"
        . "    ・ワンタイムパスワード：$password\n    ・ログイン用ＵＲＬ：$url\n\n24時間\n";
}

sub page {
    my $password = shift;
    $password =~ s/&/&amp;/g;
    $password =~ s/</&lt;/g;
    return "<html><body><p>・ワンタイムパスワード: $password</p>\n<p>・ログインURL: &lt;<a href=\"$url\">$url</a>&gt;</p></body></html>";
}

sub keep {
    my ($message, $password) = @_;
    my $file = sprintf 'perl-%03d.eml', $number++;
    open my $out, '>:raw', "$directory/$file" or die;
    print $out $message;
    print $expected encode_json({ file => $file, password => $password, loginURL => $url }), "\n";
}

sub compose {
    my ($header, $charset, $encoding) = @_;
    my $codec    = $codecs{$charset};
    my $password = password();
    my $data     = encode($codec, text($password, $codec));
    my @header   = (
        From    => encode($header, $sender) . ' <ra-support@secom.co.jp>',
        To      => 'a@example.jp',
        Subject => encode($header, $subject),
    );
    my $plain = MIME::Lite->new(@header, Type => 'TEXT', Data => $data, Encoding => $encoding);
    $plain->attr('content-type.charset' => $charset);
    keep($plain->as_string, $password);

    my $mixed = MIME::Lite->new(@header, Type => 'multipart/mixed');
    my $part  = MIME::Lite->new(Type => 'text/plain', Data => $data, Encoding => $encoding, Disposition => 'inline');
    $part->attr('content-type.charset' => $charset);
    $mixed->attach($part);
    $mixed->attach(Type => 'text/plain', Data => 'x', Filename => 'a.txt', Disposition => 'attachment');
    keep($mixed->as_string, $password);

    return if $encoding eq 'binary';
    my @parts = map {
        my ($type, $body) = @$_;
        Email::MIME->create(
            attributes => { content_type => $type, charset => $charset, encoding => $encoding }, body => $body)
    } ['text/plain', $data], ['text/html', encode($codec, page($password))];
    my $alternative = Email::MIME->create(
        header_str => [From => "\"$sender, x\" <ra-support\@secom.co.jp>", To => 'a@example.jp', Subject => $subject],
        parts      => \@parts);
    $alternative->content_type_set('multipart/alternative');
    keep($alternative->as_string, $password);
}

sub convert {
    my ($options, $input) = @_;
    open my $in, '>:raw', "$directory/input" or die;
    print $in encode('utf8', $input);
    close $in;
    my $output = `nkf $options $directory/input`;
    unlink "$directory/input";
    return $output;
}

for my $header ('MIME-Header', 'MIME-Q', 'MIME-Header-ISO_2022_JP') {
    for my $charset (sort keys %codecs) {
        for my $encoding ('7bit', '8bit', 'base64', 'quoted-printable', 'binary') {
            next if $encoding eq '7bit' && $charset !~ /2022/i;
            compose($header, $charset, $encoding) if rand() < 0.35;
        }
    }
}
for my $options ('-j', '-s', '-e', '-w', '-j -x') {
    for my $label ('', "; charset=iso-2022-jp", "; charset=utf-8", "; charset=Shift_JIS") {
        my $password = password();
        my $words    = convert("$options -M", $subject);
        $words =~ s/\s*\n\s*/\n /g;
        $words =~ s/\s+$//;
        keep("From: ra-support\@secom.co.jp\nTo: a\@example.jp\nSubject: $words\nContent-Type: text/plain$label\n\n"
                . convert($options, text($password, 'utf8')), $password);
    }
}
