namespace PeerReview.Server.Platform.Data;

/// <summary>Where the files that come with the program lie.</summary>
public static class ProgramFiles
{
    /// <summary>The steps of the schema.</summary>
    public static string Migrations => Path.Combine(AppContext.BaseDirectory, "migrations");

    /// <summary>Processes, frameworks, letters, calendars, reference data.</summary>
    public static string Workflows => Path.Combine(AppContext.BaseDirectory, "workflows");

    /// <summary>Which translations a native speaker has checked.</summary>
    public static string TranslationChecks => Path.Combine(Workflows, "reference", "translations.csv");

    /// <summary>Words that could blame a State or group for an incident.</summary>
    public static string Wording => Path.Combine(Workflows, "reference", "wording.csv");

    /// <summary>How the peoples of States are called.</summary>
    public static string Peoples => Path.Combine(Workflows, "reference", "peoples.csv");

    /// <summary>The States of the world.</summary>
    public static string States => Path.Combine(Workflows, "reference", "states.csv");
}
