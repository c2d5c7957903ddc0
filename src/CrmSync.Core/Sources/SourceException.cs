namespace CrmSync.Core.Sources;

/// <summary>A source cannot be listed. The message is a sentence for an admin.</summary>
public sealed class SourceException : Exception
{
    public SourceException(Fault fault, Exception? inner = null)
        : base(fault.Message, inner) => Fault = fault;

    public SourceException()
        : this("The source cannot be listed.")
    {
    }

    public SourceException(string message)
        : this(message, null)
    {
    }

    public SourceException(string message, Exception? inner)
        : this(new Fault(ReasonCodes.SourceUnreachable, message), inner)
    {
    }

    public Fault Fault { get; }
}
