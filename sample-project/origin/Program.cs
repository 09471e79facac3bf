using SampleOrigin;

if (args is not [var verb and ("serve" or "start"), ..] || OriginOptions.Parse(args.AsSpan(1)) is not { } options)
{
    Console.Error.WriteLine(OriginOptions.Usage);
    return 2;
}

try
{
    await (verb == "serve" ? ImageServer.Serve(options) : DetachedServer.Start(options));
    return 0;
}
catch (IOException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
