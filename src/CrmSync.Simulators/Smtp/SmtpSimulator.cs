using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CrmSync.Simulators.Shared;

namespace CrmSync.Simulators.Smtp;

/// <summary>A mail server on 127.0.0.1 that takes every mail, sends none, and can be told to misbehave.</summary>
public sealed class SmtpSimulator : IAsyncDisposable
{
    private const int ClearTextMax = 1024 * 1024;

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ReceivedMail> _mails = new();
    private readonly ConcurrentDictionary<(string From, string To), bool> _pairs = new();
    private readonly ConcurrentDictionary<Task, bool> _conversations = new();
    private readonly MemoryStream _clearText = new();
    private readonly TcpListener _open;
    private readonly TcpListener _secure;
    private readonly Task _listening;
    private int _count;
    private int _connections;

    private SmtpSimulator(SmtpSimulatorOptions options)
    {
        Options = options;
        Faults = new FaultPlan(options.Seed);
        Certificate = options.Certificate ?? MakeCertificate(options.HostNames, options.Clock);
        _open = new TcpListener(IPAddress.Loopback, options.Port);
        _secure = new TcpListener(IPAddress.Loopback, options.SecurePort);
        _open.Start();
        _secure.Start();
        _listening = Task.WhenAll(ListenAsync(_open, secure: false), ListenAsync(_secure, secure: true));
    }

    public SmtpBehaviour Behaviour { get; } = new();

    /// <summary>See <see cref="SmtpTrouble"/> for what methods, paths and statuses mean here.</summary>
    public FaultPlan Faults { get; }

    /// <summary>Every command that was answered or dropped; the status is the reply's code.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>What a client must trust.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Clear text and STARTTLS.</summary>
    public int Port => ((IPEndPoint)_open.LocalEndpoint).Port;

    /// <summary>TLS from the start.</summary>
    public int SecurePort => ((IPEndPoint)_secure.LocalEndpoint).Port;

    /// <summary>Mails taken so far, oldest first.</summary>
    public IReadOnlyList<ReceivedMail> Mails => [.. _mails];

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Everything that clients sent outside TLS, up to a megabyte.</summary>
    public string ClearText
    {
        get
        {
            lock (_clearText)
            {
                return Encoding.Latin1.GetString(_clearText.GetBuffer(), 0, (int)_clearText.Length);
            }
        }
    }

    internal SmtpSimulatorOptions Options { get; }

    /// <summary>Starts listening; throws <see cref="SocketException"/> when a given port is taken.</summary>
    public static SmtpSimulator Start(SmtpSimulatorOptions options) => new(options);

    /// <summary>One that several simulators may share.</summary>
    public static X509Certificate2 MakeCertificate(IReadOnlyList<string> hostNames, TimeProvider clock) =>
        LoopbackCertificate.Create(hostNames, clock.GetUtcNow());

    /// <summary>Forgets all mails, counters, faults and greylisted pairs.</summary>
    public void Reset()
    {
        _mails.Clear();
        _pairs.Clear();
        Requests.Clear();
        Faults.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _open.Stop();
        _secure.Stop();
        await _listening;
        await Task.WhenAll(_conversations.Keys);
        _stop.Dispose();
        if (Options.Certificate is null)
        {
            Certificate.Dispose();
        }

        await _clearText.DisposeAsync();
    }

    internal bool IsNewPair(string from, string to) => _pairs.TryAdd((from, to), true);

    internal string Keep(ReceivedMail mail, byte[] content)
    {
        var id = $"SIM{Interlocked.Increment(ref _count):D6}";
        var kept = (mail with { QueueId = id }).With(content, Options.KeepsContent);
        _mails.Enqueue(kept);
        Options.Taken?.Invoke(kept);
        return id;
    }

    private async Task ListenAsync(TcpListener listener, bool secure)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                var conversation = ConverseAsync(client, secure);
                _conversations.TryAdd(conversation, true);
                _ = conversation.ContinueWith(
                    done => _conversations.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ConverseAsync(Socket client, bool secure)
    {
        client.NoDelay = true;
        await using var wire = new SmtpWire(new NetworkStream(client, ownsSocket: true), DelayAsync, RecordClearText);
        try
        {
            if (secure)
            {
                await wire.SecureAsync(Certificate, _stop.Token);
            }

            await new SmtpConversation(this, wire).RunAsync(_stop.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            // The client went away, did not like the certificate, or the simulator is being stopped.
        }
    }

    private Task DelayAsync(CancellationToken cancel) =>
        Behaviour.Latency > TimeSpan.Zero ? Task.Delay(Behaviour.Latency, Options.Clock, cancel) : Task.CompletedTask;

    private void RecordClearText(ReadOnlySpan<byte> octets)
    {
        lock (_clearText)
        {
            if (_clearText.Length + octets.Length <= ClearTextMax)
            {
                _clearText.Write(octets);
            }
        }
    }
}
