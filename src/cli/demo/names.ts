/** Given and family names of many origins, accents and all: what a directory of a port city's company looks like. */
export const GIVEN_NAMES = `
Aaltje Aaliyah Abdoulaye Adaeze Agnieszka Ahmet Aïcha Aino Aleksander Amélie Amina Anaïs Anders André Ángel Anouk Antônio Aoife Arjun Arnoud
Asif Astrid Atsuko Ayşe Bao Bartosz Beatriz Benoît Bogdan Bram Brigitte Çağla Caner Carlijn Catarina Cédric Chinedu Chloé Claudia Cornelis
Daan Dagmar Daniela Danuta David Dawit Deniz Dieuwertje Dmitri Eilidh Élodie Emeka Emre Esther Eszter Fátima Faruk Femke Fleur Floortje
François Freya Frédérique Gabriela Gijs Giulia Gökhan Goran Grace Guus Hamza Hanna Hassan Helga Henk Hiroshi Hüseyin Ibrahim Ilse Imani
Inês Ingrid Iris Isa Isabela Ivana Jacek Jadwiga Jan Jasmijn Jelena Jeroen Jesús Jia Joana Johanna José Joost Josefien Juan Jürgen
Kaan Karim Karolína Kasia Katarzyna Khadija Kim Klára Koen Kwame Lars Laszlo Léa Leila Lieke Liesbeth Linh Loïc Lotte Lucía Łukasz
Maarten Mads Magdalena Mahmoud Małgorzata Manon Marek María Marijke Mateusz Mehmet Mei Mélanie Merel Michał Mieke Milan Minh Miriam
Mohammed Moritz Nadia Nana Naomi Nasrin Natália Neil Ngozi Niamh Nienke Niels Nikolaos Noor Nora Núria Oğuz Ole Olga Olivia Oluwaseun Øyvind
Paweł Pedro Petra Pieter Pilar Priya Quinten Rahul Raúl Renée Rianne Roel Roos Rosa Ruud Saïd Salma Samuel Sander Sanne Santiago Sara Sébastien
Şebnem Sébastien Sigrid Sjoerd Sofía Søren Stefan Sunita Svetlana Takeshi Tamar Tariq Tess Thijs Tiago Tjitske Tomás Tomasz Ümit Urszula Vera
Víctor Vigdís Vincent Wanda Wiebe Willemijn Wim Xavier Xin Yara Yasmine Yusuf Yvonne Zara Željko Zeynep Zoë Zsófia
`
  .trim()
  .split(/\s+/)

/** One name a line or between commas: some have several words. */
export const FAMILY_NAMES = `
Aalbers, Abdi, Acheampong, Adeyemi, Ağaoğlu, Akkerman, Almeida, Álvarez, Andersson, Antonescu, Arslan, Asante, Aydın, Baccouche, Bakker,
Balogh, Barbosa, Başaran, Bauer, Beekman, Bensaïd, Bianchi, Björklund, Boateng, Bosch, Bouzid, Brandão, Brouwer, Bùi, Çelik, Červenka, Chaudhry, Chen,
Chukwu, Claes, Costa, Cruz, Da Silva, D'Angelo, De Boer, De Bruijn, De Graaf, De Jong, De Lange, De Vries, De Wit, Demir, Den Hartog, Diallo, Dijkstra,
Djorić, Doğan, Dubois, Duarte, Dupont, Ebert, El Amrani, El Idrissi, Engström, Eriksen, Fernández, Ferreira, Fischer, Fonseca, Fraser, Gajewski, Garcia,
Gonçalves, González, Groen, Grzelak, Guðmundsdóttir, Gupta, Haddad, Hagen, Hansen, Hermans, Hernández, Hoekstra, Hoàng, Horváth, Huisman, Ibáñez, Ismail,
Iyer, Jabłoński, Jacobs, Jansen, Janssens, Jiménez, Johansson, Jovanović, Kaczmarek, Kaplan, Kaya, Keller, Khalil, Kılıç, Klein, Kleijn, Koç, Koopman,
Kovács, Kowalczyk, Kramer, Krüger, Kumar, Kuipers, Lambrechts, Larsson, Lê, Lefèvre, Lemaire, Li, Lindqvist, Lopes, López, Maas, Mahmood, Maïga,
Martens, Martínez, Mbeki, Meijer, Méndez, Mertens, Mohamud, Molenaar, Moreau, Mulder, Müller, Mutlu, Nagy, Nasser, Ndiaye, Nguyễn, Nieuwenhuis, Nowak,
Núñez, O'Brien, O'Neill, Okafor, Okonkwo, Oliveira, Olsen, Ortiz, Osman, Özdemir, Öztürk, Patel, Pavlović, Peeters, Peña, Pereira, Petrov, Phạm, Popescu,
Postma, Prins, Quispe, Rahimi, Ramírez, Rasmussen, Reddy, Ribeiro, Rodrigues, Romero, Rosa, Rossi, Ruiz, Şahin, Sánchez, Santos, Schäfer, Schouten, Schröder,
Sharma, Silva, Simões, Singh, Smit, Søndergaard, Sørensen, Sousa, Stanković, Suzuki, Szabó, Tanaka, Tekin, Ter Horst, Tóth, Traoré, Tuinstra, Ünal, Van Beek,
Van Dam, Van den Berg, Van den Heuvel, Van der Linden, Van der Meer, Van Dijk, Van Leeuwen, Van Rossum, Van Vliet, Vasquez, Verbeek, Verhoeven, Vermeulen,
Visser, Vos, Wagner, Wang, Wiśniewski, Willems, Wójcik, Wolters, Wouters, Yıldız, Yılmaz, Zając, Zhang, Zieliński, Zijlstra, Živković
`
  .trim()
  .split(/,\s*/)
