using PeerReview.Core.Frameworks;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Report;

/// <summary>What the sections of the report are called.</summary>
public static class SectionNames
{
    /// <summary>A part of the framework by its id and title, the others by words of their own.</summary>
    /// <param name="framework">With its texts in the reader's language.</param>
    public static string Of(string section, Framework framework, Texts texts) =>
        framework.Parts.FirstOrDefault(part => part.Id == section) is { } part ? $"{part.Id} – {part.Title}" : texts["draft.section." + section];
}
