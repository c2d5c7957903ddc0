using System.Globalization;
using System.Text.Json;

namespace CrmSync.Connectors.Salesforce;

/// <summary>The graphs of one call, already as JSON: sizes decide what fits.</summary>
internal sealed class GraphCall
{
    /// <summary>Nodes of a call, all graphs together ("Composite Graph Limits").</summary>
    private const int NodesMax = 500;

    private readonly List<(string Id, SalesforceDraft Draft, byte[] Json)> _graphs = [];
    private int _nodes;
    private int _bytes;

    public IReadOnlyList<SalesforceDraft> Drafts => _graphs.ConvertAll(g => g.Draft);

    public IEnumerable<(string Id, SalesforceDraft Draft)> ById => _graphs.Select(g => (g.Id, g.Draft));

    /// <summary>Takes drafts in order until one does not fit; at least one, whatever its size.</summary>
    /// <param name="left">Those for the next call.</param>
    public static GraphCall Pack(IReadOnlyList<SalesforceDraft> drafts, SalesforceNodes nodes, int bytesMax, out IReadOnlyList<SalesforceDraft> left)
    {
        var call = new GraphCall();
        foreach (var draft in drafts)
        {
            if (!call.TryAdd(draft, nodes.Of(draft), bytesMax))
            {
                break;
            }
        }

        left = [.. drafts.Skip(call._graphs.Count)];
        return call;
    }

    /// <summary><c>{"graphs":[…]}</c>.</summary>
    public byte[] Body()
    {
        using var body = new MemoryStream(_bytes + _graphs.Count + 16);
        body.Write("{\"graphs\":["u8);
        for (var i = 0; i < _graphs.Count; i++)
        {
            if (i > 0)
            {
                body.WriteByte((byte)',');
            }

            body.Write(_graphs[i].Json);
        }

        body.Write("]}"u8);
        return body.ToArray();
    }

    private bool TryAdd(SalesforceDraft draft, IReadOnlyList<Node> nodes, int bytesMax)
    {
        var id = _graphs.Count.ToString(CultureInfo.InvariantCulture);
        var json = JsonSerializer.SerializeToUtf8Bytes(new Graph(id, nodes), SalesforceJson.Wire.Graph);
        if (_graphs.Count > 0 && (_bytes + json.Length > bytesMax || _nodes + nodes.Count > NodesMax))
        {
            return false;
        }

        _graphs.Add((id, draft, json));
        _nodes += nodes.Count;
        _bytes += json.Length;
        return true;
    }
}
