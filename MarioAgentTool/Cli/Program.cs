Console.WriteLine("mario-agent");
