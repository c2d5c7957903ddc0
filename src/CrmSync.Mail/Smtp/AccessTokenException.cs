namespace CrmSync.Mail.Smtp;

/// <summary>Thrown by an <see cref="IAccessTokenSource"/> that has no token to give. The message holds neither token nor secret.</summary>
/// <param name="isTransient">True when asking again later can help; false when somebody must change something.</param>
public sealed class AccessTokenException(string message, bool isTransient) : Exception(message)
{
    public bool IsTransient => isTransient;
}
