using System.Globalization;
using System.Text.Json;
using CrmSync.Connectors.Shared;
using Microsoft.IO;

namespace CrmSync.Connectors.Salesforce;

/// <summary>The graphs of one call, written into its body as they come: sizes decide what fits.</summary>
internal sealed class GraphCall : IDisposable
{
    /// <summary>Nodes of a call, all graphs together ("Composite Graph Limits").</summary>
    private const int NodesMax = 500;

    private readonly List<(string Id, SalesforceDraft Draft)> _graphs = [];
    private readonly RecyclableMemoryStream _body = WireBuffers.Take();
    private int _nodes;

    private GraphCall()
    {
        _body.Write("{\"graphs\":["u8);
    }

    /// <summary><c>{"graphs":[…]}</c>.</summary>
    public RecyclableMemoryStream Body => _body;

    public IReadOnlyList<SalesforceDraft> Drafts => _graphs.ConvertAll(g => g.Draft);

    public IEnumerable<(string Id, SalesforceDraft Draft)> ById => _graphs;

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

        call._body.Write("]}"u8);
        left = [.. drafts.Skip(call._graphs.Count)];
        return call;
    }

    public void Dispose() => _body.Dispose();

    private bool TryAdd(SalesforceDraft draft, IReadOnlyList<Node> nodes, int bytesMax)
    {
        var before = _body.Length;
        if (_graphs.Count > 0)
        {
            _body.WriteByte((byte)',');
        }

        var id = _graphs.Count.ToString(CultureInfo.InvariantCulture);
        JsonSerializer.Serialize(_body, new Graph(id, nodes), SalesforceJson.Wire.Graph);
        if (_graphs.Count > 0 && (_body.Length > bytesMax || _nodes + nodes.Count > NodesMax))
        {
            _body.SetLength(before);
            return false;
        }

        _graphs.Add((id, draft));
        _nodes += nodes.Count;
        return true;
    }
}
