#!/usr/bin/perl
# Provisions one domain with a contact, two name servers below it and a DS record; what is there already is left alone.
use strict;
use warnings;
use Net::EPP::Simple;

my $domain = shift or die "usage: demo.pl DOMAIN\n";
my $epp = Net::EPP::Simple->new(
    host => $ENV{EPP_HOST}, port => $ENV{EPP_PORT},
    user => $ENV{EPP_USER}, pass => $ENV{EPP_PASS},
    cert => $ENV{EPP_CERT}, key => $ENV{EPP_KEY},
    verify => 1, ca_file => $ENV{EPP_CA},
    timeout => 20, reconnect => 0, load_config => 0,
) or die "login: $Net::EPP::Simple::Error\n";

sub report {
    my ($what, $result) = @_;
    printf "   %-28s %d %s\n", $what, $Net::EPP::Simple::Code // 0, $Net::EPP::Simple::Message // '';
    die "$what: $Net::EPP::Simple::Error\n" unless defined $result;
    return $result;
}

my %secret = (authInfo => 'Sandbox-demo-authInfo-2b7e151628');
my $contact = 'demo-contact';
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
    my %address = ("ns1.$domain" => '208.77.190.193', "ns2.$domain" => '208.77.190.194');
    for my $host (sort keys %address) {
        report("host:create $host", $epp->create_host({
            name => $host, addrs => [ { ip => $address{$host}, version => 'v4' } ] }));
    }
    my $update = Net::EPP::Frame::Command::Update::Domain->new;
    $update->setDomain($domain);
    $update->addNS(sort keys %address);
    my $extension = $update->createElement('extension');
    my $secdns = $update->createElementNS('urn:ietf:params:xml:ns:secDNS-1.1', 'secDNS:update');
    my $add = $secdns->appendChild($update->createElement('secDNS:add'));
    my $ds = $add->appendChild($update->createElement('secDNS:dsData'));
    $ds->appendTextChild('secDNS:keyTag', 12345);
    $ds->appendTextChild('secDNS:alg', 13);
    $ds->appendTextChild('secDNS:digestType', 2);
    $ds->appendTextChild('secDNS:digest', '49FD46E6C4B45C55D4AC69CBD3CD34AC1AFE51DE49FD46E6C4B45C55D4AC69CB');
    $extension->appendChild($secdns);
    my $command = $update->getNode('command');
    $command->insertBefore($extension, $update->getNode('clTRID'));
    report("domain:update name servers, DS", $epp->_get_response_result($epp->request($update)));
}
my $info = report("domain:info $domain", $epp->domain_info($domain));
printf "   registered %s, expires %s, sponsor %s, name servers %s\n",
    $info->{crDate}, $info->{exDate}, $info->{clID}, join(' ', @{ $info->{ns} || [] });
$epp->logout;
