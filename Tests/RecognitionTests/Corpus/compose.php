#!/usr/bin/env php
<?php
// Composes the letter with PHPMailer and with mb_encode_mimeheader, and what must be read out of each.
//
//     compose.php DIRECTORY
//
// Needs libphp-phpmailer, php-cli and php-mbstring. Writes php-NNN.eml and expected.jsonl.
foreach (['Exception', 'PHPMailer', 'SMTP'] as $class) require "/usr/share/php/libphp-phpmailer/src/$class.php";
use PHPMailer\PHPMailer\PHPMailer;

$directory = $argv[1] ?? exit("usage: compose.php DIRECTORY\n");
$url = 'https://www.login.secomtrust.net/customer/customer/pfw/pfw-public-user-login.do';
$subject = 'お客様専用画面ログイン用ワンタイムパスワードのご案内';
mt_srand(7);
$expected = fopen("$directory/expected.jsonl", 'w');
$number = 0;

function password(): string {
    return implode('', array_map(fn() => chr(mt_rand(0x21, 0x7E)), range(1, 4 + mt_rand(0, 11))));
}

function letter(string $password): string {
    global $url;
    return "お客さま各位\r\n\r\n下記ＵＲ\r\nＬにアクセスし、ログインしてください。\r\n\r\n○ワンタイムパスワード\r\n    ・ワンタイムパスワード：{$password}\r\n    ・ログイン用ＵＲＬ：{$url}\r\n\r\n24時間\r\n";
}

function page(string $password): string {
    global $url;
    $shown = htmlspecialchars($password, ENT_NOQUOTES);
    return "<html><body><p>・ワンタイムパスワード: $shown</p>\r\n<p>・ログインURL: &lt;<a href=\"$url\">$url</a>&gt;</p></body></html>";
}

function keep(string $message, string $password): void {
    global $directory, $expected, $number, $url;
    $file = sprintf('php-%03d.eml', $number++);
    file_put_contents("$directory/$file", $message);
    fwrite($expected, json_encode(['file' => $file, 'password' => $password, 'loginURL' => $url], JSON_UNESCAPED_SLASHES) . "\n");
}

foreach (['utf-8' => 'UTF-8', 'iso-2022-jp' => 'ISO-2022-JP-MS', 'Shift_JIS' => 'SJIS-win', 'EUC-JP' => 'eucJP-win'] as $charset => $codec) {
    $as = fn($text) => mb_convert_encoding($text, $codec, 'UTF-8');
    foreach ($charset === 'iso-2022-jp' ? ['7bit', 'base64'] : ['8bit', 'base64', 'quoted-printable'] as $encoding) {
        foreach (['plain', 'html', 'both'] as $kind) {
            $password = password();
            $mail = new PHPMailer(true);
            $mail->CharSet = $charset;
            $mail->Encoding = $encoding;
            $mail->setFrom('ra-support@secom.co.jp', $as('セコムCAサポートセンター'), false);
            $mail->addAddress('a@example.jp');
            $mail->Subject = $as($GLOBALS['subject']);
            $mail->MessageID = "<$number.php@secom.co.jp>";
            $mail->MessageDate = 'Tue, 10 Mar 2026 09:30:00 +0900';
            $mail->Body = $as($kind === 'plain' ? letter($password) : page($password));
            if ($kind !== 'plain') $mail->isHTML(true);
            if ($kind === 'both') $mail->AltBody = $as(letter($password));
            $mail->preSend();
            keep($mail->getSentMIMEMessage(), $password);
        }
    }
    // As mb_send_mail and countless forms do it: lines of the header end one way, those of the body another.
    mb_language($charset === 'iso-2022-jp' ? 'ja' : 'uni');
    mb_internal_encoding('UTF-8');
    foreach (["\n", "\r\n"] as $end) {
        $password = password();
        $header = 'From: ' . mb_encode_mimeheader('セコムCAサポートセンター', $codec, 'B', "\r\n") . " <ra-support@secom.co.jp>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=$charset";
        $head = "To: a@example.jp{$end}Subject: " . mb_encode_mimeheader($subject, $codec, 'B', $end) . "{$end}Date: Tue, 10 Mar 2026 09:30:00 +0900{$end}" . str_replace("\r\n", $end === "\n" ? "\r\n" : $end, $header);
        keep("$head$end$end" . $as(str_replace("\r\n", "\n", letter($password))), $password);
    }
}
