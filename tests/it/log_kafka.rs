//! The log on a real Apache Kafka: the contract, and what only a cluster can go through.

use crate::kafka::TestKafka;
use crate::log_contract::contract;

contract!(TestKafka::new());
