using PeerReview.Core.Frameworks;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Documents;

/// <summary>What the sections of the report are called.</summary>
public static class SectionNames
{
    /// <summary>A part of the framework by its id and title, the others by words of their own.</summary>
    /// <param name="framework">With its texts in the reader's language.</param>
    public static string Of(string section, Framework framework, Texts texts) =>
        Of(section, framework.Parts.FirstOrDefault(part => part.Id == section)?.Title, texts);

    /// <summary>The same where the title of the part is known; null for a section about the whole.</summary>
    public static string Of(string section, string? title, Texts texts) => title is null ? texts["draft.section." + section] : $"{section} – {title}";
}
