namespace CrmSync.TestSupport;

/// <summary>Configuration of Postfix 3.6 or later and Dovecot 2.3: nothing of theirs outside one folder, nothing relayed to anywhere.</summary>
internal static class RealMailServerFiles
{
    public static string MainCf(string folder, int sizeMax) =>
        $"""
        compatibility_level = 3.6
        queue_directory = {folder}/queue
        data_directory = {folder}/lib
        command_directory = /usr/sbin
        daemon_directory = /usr/lib/postfix/sbin
        mail_owner = postfix
        setgid_group = postdrop
        maillog_file = {folder}/lib/postfix.log
        maillog_file_prefixes = {folder}
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        myhostname = mail.crm.test
        mydestination =
        mynetworks =
        alias_maps =
        local_recipient_maps =
        virtual_mailbox_domains = crm.test
        virtual_transport = lmtp:unix:{folder}/run/deliver
        default_transport = error:nothing leaves this machine
        smtpd_tls_cert_file = {folder}/cert.pem
        smtpd_tls_key_file = {folder}/key.pem
        smtpd_tls_auth_only = yes
        smtpd_sasl_auth_enable = yes
        smtpd_sasl_type = dovecot
        smtpd_sasl_path = {folder}/run/sign-in
        smtpd_sasl_security_options = noanonymous
        smtpd_relay_restrictions = permit_sasl_authenticated, reject
        message_size_limit = {sizeMax}
        """ + "\n";

    public static string MasterCf(IReadOnlyDictionary<MailDoor, int> ports)
    {
        var doors = ports.Select(door =>
        {
            var tls = door.Key is MailDoor.ImplicitPlain or MailDoor.ImplicitOauthbearer ? "smtpd_tls_wrappermode=yes" : "smtpd_tls_security_level=encrypt";
            return $"127.0.0.1:{door.Value} inet n - n - - smtpd -o {tls} -o smtpd_sasl_mechanism_filter={Mechanism(door.Key)}";
        });
        return string.Join('\n', doors) + "\n" +
            """
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            verify unix - - n - 1 verify
            flush unix n - n 1000? 0 flush
            proxymap unix - - n - - proxymap
            lmtp unix - - n - - lmtp
            error unix - - n - - error
            retry unix - - n - - error
            discard unix - - n - - discard
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd
            """ + "\n";
    }

    public static string DovecotConf(string folder, bool tokens) =>
        $$"""
        base_dir = {{folder}}/run
        state_dir = {{folder}}/run
        log_path = {{folder}}/lib/dovecot.log
        protocols = lmtp
        listen = 127.0.0.1
        ssl = no
        first_valid_uid = 1
        first_valid_gid = 1
        mail_location = maildir:{{folder}}/mail/%u
        auth_mechanisms = scram-sha-256 plain login{{(tokens ? " xoauth2 oauthbearer" : string.Empty)}}
        passdb {
          driver = passwd-file
          mechanisms = scram-sha-256 plain login
          args = {{folder}}/users
        }
        {{(tokens ? $"passdb {{\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = {folder}/oauth2.conf\n}}" : string.Empty)}}
        userdb {
          driver = passwd-file
          args = {{folder}}/users
          default_fields = uid=mail gid=mail home={{folder}}/mail/%u
        }
        service auth {
          unix_listener sign-in {
            mode = 0666
          }
        }
        service lmtp {
          unix_listener deliver {
            mode = 0666
          }
        }
        protocol lmtp {
          postmaster_address = postmaster@crm.test
        }
        """ + "\n";

    private static string Mechanism(MailDoor door) => door switch
    {
        MailDoor.StartTlsScram => "scram-sha-256",
        MailDoor.ImplicitPlain => "plain",
        MailDoor.StartTlsLogin => "login",
        MailDoor.StartTlsXoauth2 => "xoauth2",
        _ => "oauthbearer",
    };
}
