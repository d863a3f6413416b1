#!/usr/bin/perl
# Provisions domains with Net::EPP::Simple, as its users would. Says which step failed.
use strict;
use warnings;
no warnings 'once';
use Net::EPP::Simple;

sub step {
  my ($what, $result) = @_;
  if (!defined $result) {
    die sprintf("%s: %s %s (%s)\n", $what, $Net::EPP::Simple::Code // '?',
                $Net::EPP::Simple::Message // '', $Net::EPP::Simple::Error // '');
  }
  print "$what: ok\n";
  return $result;
}

sub refused {
  my ($what, $code, $result) = @_;
  die "$what: was not refused\n" if defined $result;
  die "$what: $Net::EPP::Simple::Code instead of $code\n" if $Net::EPP::Simple::Code != $code;
  print "$what: refused with $code\n";
}

sub connect_as {
  my ($password) = @_;
  return Net::EPP::Simple->new(
    load_config => 0, host => $ENV{EPP_HOST}, port => $ENV{EPP_PORT}, timeout => 30,
    user => $ENV{EPP_USER}, pass => $password, cert => $ENV{EPP_CERT}, key => $ENV{EPP_KEY},
    verify => 1, ca_file => $ENV{EPP_CA}, reconnect => 0);
}

refused('wrong password', 2200, connect_as('Wrong-pw-9'));
my $epp = step('login', connect_as($ENV{EPP_PASS}));

step('hello', $epp->ping ? 1 : undef);
my $free = step('check contact', $epp->check_contact('perl01'));
die "a new contact id is not free\n" if $free != 1;
step('create contact', $epp->create_contact({
  id => 'perl01',
  postalInfo => {int => {name => 'Larry W.', org => 'Camels', addr => {
    street => ['1 Desert Road', 'Tent 5'], city => 'Springfield', sp => 'CA', pc => '90210',
    cc => 'US'}}},
  voice => '+1.5555550100', fax => '', email => 'larry@example.com',
  authInfo => 'Perl-contact-secret-1'}));
my $contact = step('info contact', $epp->contact_info('perl01'));
die "wrong e-mail\n" if $contact->{email} ne 'larry@example.com';

step('create external host', $epp->create_host({name => 'ns1.perl.example', addrs => []}));

die "perl.org is not free\n" if step('check domain', $epp->check_domain('perl.org')) != 1;
step('create domain', $epp->create_domain({
  name => 'perl.org', period => 2, registrant => 'perl01',
  contacts => {admin => 'perl01', tech => 'perl01'}, ns => ['ns1.perl.example'],
  authInfo => 'Perl-domain-secret-1'}));
die "perl.org is still free\n" if step('check again', $epp->check_domain('perl.org')) != 0;
refused('create twice', 2302, $epp->create_domain({
  name => 'perl.org', period => 1, registrant => 'perl01',
  contacts => {admin => 'perl01', tech => 'perl01'}, authInfo => 'Perl-domain-secret-1'}));

step('create in-zone host', $epp->create_host({
  name => 'ns.perl.org', addrs => [{ip => '192.0.2.53', version => 'v4'},
                                   {ip => '2001:db8::53', version => 'v6'}]}));
step('update domain', $epp->update_domain({
  name => 'perl.org', add => {ns => ['ns.perl.org'], status => ['clientHold']},
  rem => {ns => ['ns1.perl.example']}}));
my $info = step('info domain', $epp->domain_info('perl.org'));
die "wrong name servers: @{$info->{ns}}\n" if "@{$info->{ns}}" ne 'ns.perl.org';
die "wrong status: @{$info->{status}}\n" if !grep { $_ eq 'clientHold' } @{$info->{status}};
step('renew', $epp->renew_domain({
  name => 'perl.org', cur_exp_date => substr($info->{exDate}, 0, 10), period => 1}));
my $renewed = step('info renewed', $epp->domain_info('perl.org'));
die "was not renewed\n" if substr($renewed->{exDate}, 0, 4) != substr($info->{exDate}, 0, 4) + 1;

refused('delete a linked host', 2305, $epp->delete_host('ns.perl.org'));
step('take the host out', $epp->update_domain({name => 'perl.org', rem => {ns => ['ns.perl.org']}}));
step('delete host', $epp->delete_host('ns.perl.org'));
step('delete domain', $epp->delete_domain('perl.org'));
refused('info of what is gone', 2303, $epp->domain_info('perl.org'));

step('create a domain that stays', $epp->create_domain({
  name => 'perl-stays.org', period => 1, registrant => 'perl01',
  contacts => {admin => 'perl01', tech => 'perl01'}, ns => ['ns1.perl.example'],
  authInfo => 'Perl-domain-secret-2'}));
step('logout', $epp->logout ? 1 : undef);
print "all steps done\n";
