#!/usr/bin/perl
# Provisions one domain with a contact, two name servers below it and a DS record; what is there already is left alone,
# what an earlier run did not come to is done now. Exit code 3: EPP works, but the domain is not as provisioned.
use strict;
use warnings;
use Net::EPP::Simple;

use constant NOT_AS_PROVISIONED => 3;

# A server that hangs up is an error with a message, not the silent end of this program.
$SIG{PIPE} = 'IGNORE';

my $domain = shift or die "usage: demo.pl DOMAIN\n";
my %address = ("ns1.$domain" => '208.77.190.193', "ns2.$domain" => '208.77.190.194');
my @ds = (12345, 13, 2, '49FD46E6C4B45C55D4AC69CBD3CD34AC1AFE51DE49FD46E6C4B45C55D4AC69CB');
my $contact = 'demo-contact';
my %secret = (authInfo => 'Sandbox-demo-authInfo-2b7e151628');

sub fail {
    print STDERR "demo: $_[0]\n";
    exit 1;  # `die` would take errno, which may be 3
}

sub changed {
    print "   $_[0]\n";
    exit NOT_AS_PROVISIONED;
}

my $epp = Net::EPP::Simple->new(
    host => $ENV{EPP_HOST}, port => $ENV{EPP_PORT},
    user => $ENV{EPP_USER}, pass => $ENV{EPP_PASS},
    cert => $ENV{EPP_CERT}, key => $ENV{EPP_KEY},
    verify => 1, ca_file => $ENV{EPP_CA},
    timeout => 20, reconnect => 0, load_config => 0,
) or fail("EPP login at $ENV{EPP_HOST}:$ENV{EPP_PORT}: $Net::EPP::Simple::Error");

# Prints how the command went. A refusal by the registry's rules is a state of the sandbox, anything else is a failure.
sub report {
    my ($what, $result) = @_;
    my $code = $Net::EPP::Simple::Code // 0;
    printf "   %-28s %d %s\n", $what, $code, $Net::EPP::Simple::Message // '';
    return $result if defined $result;
    changed("$what was refused: $Net::EPP::Simple::Error") if $code >= 2000 && $code < 2400;
    fail("$what: $Net::EPP::Simple::Error");
}

sub update_domain {
    my ($servers, $with_ds) = @_;
    my $update = Net::EPP::Frame::Command::Update::Domain->new;
    $update->setDomain($domain);
    $update->addNS(@$servers) if @$servers;
    if ($with_ds) {
        my $extension = $update->createElement('extension');
        my $secdns = $update->createElementNS('urn:ietf:params:xml:ns:secDNS-1.1', 'secDNS:update');
        my $data = $secdns->appendChild($update->createElement('secDNS:add'))
            ->appendChild($update->createElement('secDNS:dsData'));
        my @names = qw(keyTag alg digestType digest);
        $data->appendTextChild("secDNS:$names[$_]", $ds[$_]) for 0 .. $#names;
        $extension->appendChild($secdns);
        my $command = $update->getNode('command');
        $command->insertBefore($extension, $update->getNode('clTRID'));
    }
    my $what = join(', ', @$servers ? 'name servers' : (), $with_ds ? 'DS' : ());
    report("domain:update $what", $epp->_get_response_result($epp->request($update)));
}

if (report("contact:check $contact", $epp->check_contact($contact))) {
    report("contact:create $contact", $epp->create_contact({
        id => $contact, voice => '+1.5555550123', fax => '', email => "hostmaster\@$domain", %secret,
        postalInfo => { int => { name => 'Demo Holder', org => 'Demo Society', addr => {
            street => ['1 Demo Street'], city => 'Demoville', sp => 'QC', pc => 'H0H0H0', cc => 'CA' } } },
    }));
}
if (report("domain:check $domain", $epp->check_domain($domain))) {
    report("domain:create $domain", $epp->create_domain({
        name => $domain, period => 2, registrant => $contact,
        contacts => { admin => $contact, tech => $contact }, %secret,
    }));
}
my $info = report("domain:info $domain", $epp->domain_info($domain));
changed("$domain is now sponsored by $info->{clID}") if $info->{clID} ne $ENV{EPP_USER};
changed("$domain was deleted and waits for its restoration or purge")
    if grep { $_ eq 'pendingDelete' } @{ $info->{status} || [] };

my %delegated = map { lc $_ => 1 } @{ $info->{ns} || [] };
my @missing = grep { !$delegated{$_} } sort keys %address;
for my $host (@missing) {
    next unless report("host:check $host", $epp->check_host($host));
    report("host:create $host", $epp->create_host({ name => $host, addrs => [ { ip => $address{$host}, version => 'v4' } ] }));
}
my $with_ds = !@{ $info->{DS} || [] };
if (@missing || $with_ds) {
    update_domain(\@missing, $with_ds);
    $info = report("domain:info $domain", $epp->domain_info($domain));
}
printf "   registered %s, expires %s, sponsor %s, name servers %s\n",
    $info->{crDate}, $info->{exDate}, $info->{clID}, join(' ', @{ $info->{ns} || [] });
my @hold = grep { /Hold$/ } @{ $info->{status} || [] };
$epp->logout;
changed("$domain has the status @hold, which keeps it out of DNS") if @hold;
