# Runs in the service's sandbox, in the daemon's place, and says what it can do there: one line for each thing it must not.
use strict;
use warnings;
no warnings 'exec';
use Socket;

$| = 1;

sub must_not {
    my ($what, $attempt) = @_;
    print $attempt->() ? "CAN $what\n" : "ok cannot $what ($!)\n";
}

for my $program ('/bin/sh', '/usr/bin/id', '/bin/ls') {
    must_not("run $program", sub { system { $program } $program, '-c', 'true'; $? == 0 });
}
for my $directory ('/', '/etc', '/etc/secom-otpd', '/run', '/run/secom-otpd', '/tmp', '/var/tmp', '/dev/shm', '/usr/bin', '/usr/lib', '/var', '/var/lib', '/opt', '/srv') {
    must_not("write to $directory", sub { open my $file, '>', "$directory/probe" });
}
for my $family (['netlink', 16], ['packet', 17], ['vsock', 40], ['alg', 38], ['bluetooth', 31]) {
    must_not("open a socket of $family->[0]", sub { socket my $socket, $family->[1], SOCK_DGRAM, 0 });
}
# SocketBindDeny= is a BPF program on the control group, which a container may not be able to load.
{
    my $socket;
    my $listens = socket($socket, PF_INET, SOCK_STREAM, 0) && bind($socket, sockaddr_in(0, INADDR_LOOPBACK));
    print $listens ? "note can listen on a port: SocketBindDeny= has no effect here\n" : "ok cannot listen on a port ($!)\n";
}
must_not('see other processes', sub { -e '/proc/1/status' });
# SYS_ptrace, SYS_mount, SYS_unshare and SYS_personality of x86-64; elsewhere they are other calls, forbidden or harmless.
must_not('trace', sub { syscall(101, 16, 1, 0, 0) == 0 });
must_not('mount', sub { my ($source, $target, $type) = ('none', '/tmp', 'tmpfs'); syscall(165, $source, $target, $type, 0, 0) == 0 });
must_not('make a user namespace', sub { syscall(272, 0x10000000) == 0 });
must_not('become root', sub { $> = 0; $> == 0 });
must_not('read the shadow file', sub { open my $file, '<', '/etc/shadow' });
for my $directory ('/home', '/root', '/boot', '/mnt', '/var/log', '/var/cache', '/var/mail') {
    must_not("see $directory", sub { opendir my $opened, $directory });
}
