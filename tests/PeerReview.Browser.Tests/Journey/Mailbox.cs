namespace PeerReview.Browser.Tests.Journey;

/// <summary>Where letters to a person of the journey go.</summary>
internal static class Mailbox
{
    public static string Of(string name) => name.ToLowerInvariant().Replace(' ', '.') + "@example.org";
}
